namespace Andi.EmbeddedClickHouse.Errors;

/// <summary>The HTTP status with which ClickHouse answers an error of a given code.</summary>
internal static class HttpStatus
{
    public static int Of(int exceptionCode) => exceptionCode switch
    {
        // REQUIRED_PASSWORD, AUTHENTICATION_FAILED: clients are told to authenticate.
        194 or 516 => StatusCodes.Status401Unauthorized,

        // UNKNOWN_USER, WRONG_PASSWORD, ACCESS_DENIED, SET_NON_GRANTED_ROLE
        192 or 193 or 497 or 512 => StatusCodes.Status403Forbidden,

        // CANNOT_PARSE_TEXT, _ESCAPE_SEQUENCE, _QUOTED_STRING, _INPUT_ASSERTION_FAILED, _DATE, _DATETIME, _NUMBER, _UUID,
        // _DOMAIN_VALUE_FROM_STRING, _IPV4, _IPV6
        6 or 25 or 26 or 27 or 38 or 41 or 72 or 376 or 441 or 675 or 676 => StatusCodes.Status400BadRequest,

        // THERE_IS_NO_COLUMN, DUPLICATE_COLUMN, BAD_ARGUMENTS, UNKNOWN_ELEMENT_IN_AST, ILLEGAL_COLUMN, TYPE_MISMATCH, SYNTAX_ERROR,
        // INCORRECT_DATA, UNKNOWN_TYPE_OF_AST_NODE, TOO_DEEP_AST, TOO_BIG_AST, UNEXPECTED_AST_STRUCTURE,
        // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE, CANNOT_COMPILE_REGEXP
        8 or 15 or 36 or 37 or 44 or 53 or 62 or 117 or 123 or 167 or 168 or 223 or 321 or 427 => StatusCodes.Status400BadRequest,

        // UNKNOWN_FUNCTION, _IDENTIFIER, _TYPE, _STORAGE, _TABLE, _AGGREGATE_FUNCTION, _FORMAT, _TYPE_OF_QUERY, _DATABASE, _SETTING,
        // _DIRECTION_OF_SORTING, _DATABASE_ENGINE, _ROLE
        46 or 47 or 50 or 56 or 60 or 63 or 73 or 78 or 81 or 115 or 152 or 336 or 511 => StatusCodes.Status404NotFound,

        // QUERY_IS_TOO_LARGE
        229 => StatusCodes.Status413PayloadTooLarge,

        // NOT_IMPLEMENTED
        48 => StatusCodes.Status501NotImplemented,

        // CANNOT_OPEN_FILE, SOCKET_TIMEOUT, CANNOT_SCHEDULE_TASK
        76 or 209 or 439 => StatusCodes.Status503ServiceUnavailable,

        // HTTP_LENGTH_REQUIRED
        381 => StatusCodes.Status411LengthRequired,

        // TIMEOUT_EXCEEDED
        159 => StatusCodes.Status408RequestTimeout,

        // UNSUPPORTED_MEDIA_TYPE
        779 => StatusCodes.Status415UnsupportedMediaType,
        _ => StatusCodes.Status500InternalServerError,
    };
}
