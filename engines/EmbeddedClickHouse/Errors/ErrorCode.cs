namespace Andi.EmbeddedClickHouse.Errors;

/// <summary>The error codes of ClickHouse that this server raises itself or tells apart.</summary>
internal enum ErrorCode
{
    BadArguments = 36,
    NotImplemented = 48,
    SyntaxError = 62,
    UnknownFormat = 73,
    UnknownDatabase = 81,
    UnknownSetting = 115,
    TimeoutExceeded = 159,
    Readonly = 164,
    TooManySimultaneousQueries = 202,
    Aborted = 236,
    CannotDecompress = 271,
    UnknownCompressionMethod = 89,
    IntoOutfileNotAllowed = 158,
    HttpLengthRequired = 381,
    QueryWasCancelled = 394,
    AuthenticationFailed = 516,
    UnknownException = 1002,
}
