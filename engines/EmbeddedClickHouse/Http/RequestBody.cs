using System.IO.Compression;
using Andi.EmbeddedClickHouse.Errors;

namespace Andi.EmbeddedClickHouse.Http;

internal static class RequestBody
{
    /// <summary>The body as plain bytes, whatever its Content-Encoding.</summary>
    public static Stream Open(HttpRequest request) => request.Headers.ContentEncoding.ToString().Trim().ToUpperInvariant() switch
    {
        "" or "IDENTITY" => request.Body,
        "GZIP" or "X-GZIP" => new GZipStream(request.Body, CompressionMode.Decompress),
        "DEFLATE" => new ZLibStream(request.Body, CompressionMode.Decompress),
        "BR" => new BrotliStream(request.Body, CompressionMode.Decompress),
        var other => throw ClickHouseException.Of(ErrorCode.NotImplemented, $"Unknown compression method {other}: gzip, deflate and br are served"),
    };
}
