namespace Andi.EmbeddedClickHouse.Errors;

/// <summary>The names ClickHouse gives its error codes.</summary>
internal static class ErrorNames
{
    public static string Of(ErrorCode code) => code switch
    {
        ErrorCode.CannotReadAllData => "CANNOT_READ_ALL_DATA",
        ErrorCode.BadArguments => "BAD_ARGUMENTS",
        ErrorCode.NotImplemented => "NOT_IMPLEMENTED",
        ErrorCode.SyntaxError => "SYNTAX_ERROR",
        ErrorCode.UnknownFormat => "UNKNOWN_FORMAT",
        ErrorCode.UnknownCompressionMethod => "UNKNOWN_COMPRESSION_METHOD",
        ErrorCode.UnknownSetting => "UNKNOWN_SETTING",
        ErrorCode.TooManySimultaneousQueries => "TOO_MANY_SIMULTANEOUS_QUERIES",
        ErrorCode.SocketTimeout => "SOCKET_TIMEOUT",
        ErrorCode.Aborted => "ABORTED",
        ErrorCode.ZlibInflateFailed => "ZLIB_INFLATE_FAILED",
        ErrorCode.IntoOutfileNotAllowed => "INTO_OUTFILE_NOT_ALLOWED",
        ErrorCode.AccessDenied => "ACCESS_DENIED",
        ErrorCode.UnknownRole => "UNKNOWN_ROLE",
        ErrorCode.AuthenticationFailed => "AUTHENTICATION_FAILED",
        _ => "UNKNOWN_EXCEPTION",
    };
}
