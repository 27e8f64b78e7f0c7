using System.IO.Compression;
using Andi.EmbeddedClickHouse.Errors;

namespace Andi.EmbeddedClickHouse.Http;

internal static class RequestBody
{
    /// <summary>The body as plain bytes, whatever its Content-Encoding.</summary>
    public static Stream Open(HttpContext context, TimeSpan clientTimeout)
    {
        var body = new PatientBody(context.Request.Body, clientTimeout, context.RequestAborted);
        return context.Request.Headers.ContentEncoding.ToString().Trim().ToUpperInvariant() switch
        {
            "" or "IDENTITY" => body,
            "GZIP" or "X-GZIP" => new GZipStream(body, CompressionMode.Decompress),
            "DEFLATE" => new ZLibStream(body, CompressionMode.Decompress),
            "BR" => new BrotliStream(body, CompressionMode.Decompress),
            var other => throw ClickHouseException.Of(ErrorCode.NotImplemented, $"Content-Encoding {other} is not served: gzip, deflate and br are"),
        };
    }
}
