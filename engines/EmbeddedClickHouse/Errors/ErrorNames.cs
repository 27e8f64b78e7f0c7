namespace Andi.EmbeddedClickHouse.Errors;

/// <summary>The names ClickHouse gives its error codes.</summary>
internal static class ErrorNames
{
    public static string Of(ErrorCode code) => code switch
    {
        ErrorCode.BadArguments => "BAD_ARGUMENTS",
        ErrorCode.NotImplemented => "NOT_IMPLEMENTED",
        ErrorCode.SyntaxError => "SYNTAX_ERROR",
        ErrorCode.UnknownFormat => "UNKNOWN_FORMAT",
        ErrorCode.UnknownDatabase => "UNKNOWN_DATABASE",
        ErrorCode.UnknownSetting => "UNKNOWN_SETTING",
        ErrorCode.TimeoutExceeded => "TIMEOUT_EXCEEDED",
        ErrorCode.Readonly => "READONLY",
        ErrorCode.TooManySimultaneousQueries => "TOO_MANY_SIMULTANEOUS_QUERIES",
        ErrorCode.Aborted => "ABORTED",
        ErrorCode.CannotDecompress => "CANNOT_DECOMPRESS",
        ErrorCode.UnknownCompressionMethod => "UNKNOWN_COMPRESSION_METHOD",
        ErrorCode.IntoOutfileNotAllowed => "INTO_OUTFILE_NOT_ALLOWED",
        ErrorCode.HttpLengthRequired => "HTTP_LENGTH_REQUIRED",
        ErrorCode.QueryWasCancelled => "QUERY_WAS_CANCELLED",
        ErrorCode.AuthenticationFailed => "AUTHENTICATION_FAILED",
        _ => "UNKNOWN_EXCEPTION",
    };
}
