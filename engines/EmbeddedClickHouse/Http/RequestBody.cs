using System.IO.Compression;
using Andi.EmbeddedClickHouse.Errors;

namespace Andi.EmbeddedClickHouse.Http;

internal static class RequestBody
{
    /// <summary>The body as plain bytes, whatever its Content-Encoding.</summary>
    public static Stream Open(HttpRequest request) => request.Headers.ContentEncoding.ToString().Trim().ToUpperInvariant() switch
    {
        "" or "IDENTITY" => request.Body,
        "GZIP" or "X-GZIP" => new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
        "DEFLATE" => new ZLibStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
        "BR" => new BrotliStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
        var other => throw ClickHouseException.Of(ErrorCode.NotImplemented, $"Content-Encoding {other} is not served: gzip, deflate and br are"),
    };
}
