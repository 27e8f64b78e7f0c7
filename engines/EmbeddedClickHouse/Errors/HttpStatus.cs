namespace Andi.EmbeddedClickHouse.Errors;

/// <summary>The HTTP status with which ClickHouse answers an error of a given code.</summary>
internal static class HttpStatus
{
    public static int Of(int exceptionCode) => exceptionCode switch
    {
        // REQUIRED_PASSWORD, AUTHENTICATION_FAILED: clients are told to authenticate.
        194 or 516 => StatusCodes.Status401Unauthorized,

        // UNKNOWN_USER, WRONG_PASSWORD, SET_NON_GRANTED_ROLE, ACCESS_DENIED
        192 or 193 or 512 or 497 => StatusCodes.Status403Forbidden,

        // BAD_ARGUMENTS, CANNOT_COMPILE_REGEXP, CANNOT_PARSE_*, DUPLICATE_COLUMN, ILLEGAL_COLUMN, UNKNOWN_ELEMENT_IN_AST,
        // UNKNOWN_TYPE_OF_AST_NODE, THERE_IS_NO_COLUMN, TOO_DEEP_AST, TOO_BIG_AST, UNEXPECTED_AST_STRUCTURE, SYNTAX_ERROR,
        // INCORRECT_DATA, TYPE_MISMATCH, VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
        36 or 427 or 6 or 25 or 26 or 38 or 41 or 72 or 427 or 675 or 676 or 27 or 376 or 15 or 44 or 65 or 66 or 8 or 167 or 168 or 223
            or 62 or 117 or 53 or 321 => StatusCodes.Status400BadRequest,

        // UNKNOWN_TABLE, _FUNCTION, _IDENTIFIER, _TYPE, _STORAGE, _DATABASE, _SETTING, _DIRECTION_OF_SORTING, _AGGREGATE_FUNCTION,
        // _FORMAT, _DATABASE_ENGINE, _TYPE_OF_QUERY, _ROLE
        60 or 46 or 47 or 50 or 56 or 81 or 115 or 61 or 63 or 73 or 336 or 78 or 511 => StatusCodes.Status404NotFound,

        // QUERY_IS_TOO_LARGE
        154 => StatusCodes.Status413PayloadTooLarge,

        // NOT_IMPLEMENTED
        48 => StatusCodes.Status501NotImplemented,

        // SOCKET_TIMEOUT, CANNOT_OPEN_FILE, CANNOT_SCHEDULE_TASK
        209 or 76 or 439 => StatusCodes.Status503ServiceUnavailable,

        // HTTP_LENGTH_REQUIRED
        381 => StatusCodes.Status411LengthRequired,

        // TIMEOUT_EXCEEDED
        159 => StatusCodes.Status408RequestTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };
}
