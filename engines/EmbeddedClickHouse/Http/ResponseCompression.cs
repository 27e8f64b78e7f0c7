using System.IO.Compression;

namespace Andi.EmbeddedClickHouse.Http;

/// <summary>Compression of answers: only where the request both takes it (Accept-Encoding) and asks for it (<c>enable_http_compression=1</c>).</summary>
internal static class ResponseCompression
{
    private const string Gzip = "gzip";
    private const string Brotli = "br";
    private const string Deflate = "deflate";

    public static string? Choose(HttpRequest http, QueryRequest request)
    {
        if (!request.EnableHttpCompression)
        {
            return null;
        }

        var accepted = http.GetTypedHeaders().AcceptEncoding.Where(value => value.Quality is not 0).Select(value => value.Value.ToString()).ToList();
        return accepted.Contains(Brotli, StringComparer.OrdinalIgnoreCase) && !accepted.Contains(Gzip, StringComparer.OrdinalIgnoreCase) ? Brotli
            : accepted.Contains(Gzip, StringComparer.OrdinalIgnoreCase) ? Gzip
            : accepted.Contains(Deflate, StringComparer.OrdinalIgnoreCase) ? Deflate
            : null;
    }

    public static Stream Open(string encoding, Stream output, int level) => encoding switch
    {
        Gzip => new GZipStream(output, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true),
        Deflate => new ZLibStream(output, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true),
        _ => new BrotliStream(output, new BrotliCompressionOptions { Quality = level }, leaveOpen: true),
    };
}
