namespace Andi.EmbeddedClickHouse.Errors;

/// <summary>The error codes of ClickHouse that this server raises itself.</summary>
internal enum ErrorCode
{
    CannotReadAllData = 33,
    BadArguments = 36,
    NotImplemented = 48,
    SyntaxError = 62,
    UnknownFormat = 73,
    UnknownCompressionMethod = 89,
    UnknownSetting = 115,
    TooManySimultaneousQueries = 202,
    SocketTimeout = 209,
    Aborted = 236,
    ZlibInflateFailed = 354,
    IntoOutfileNotAllowed = 358,
    AccessDenied = 497,
    UnknownRole = 511,
    AuthenticationFailed = 516,
    UnknownException = 1002,
}
