using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Andi.Requests;

/// <summary>
/// Bodies may be sent compressed (gzip, br, deflate); another <c>Content-Encoding</c>, or two of them, is 415, not a body that makes no sense. What is not
/// compressed as it says is 400.
/// </summary>
internal static class BodyEncodings
{
    private const string Decompressors = "System.IO.Compression";

    /// <summary>Comes behind routing, as an endpoint may have a size limit of its own, which counts what is decompressed.</summary>
    public static void UseBodyEncodings(this IApplicationBuilder app)
    {
        app.Use(async (http, next) =>
        {
            var isEncoded = http.Request.Headers.ContentEncoding.Count > 0;
            try
            {
                await next(http);
            }
            catch (Exception damaged) when (isEncoded && damaged is InvalidDataException or InvalidOperationException
                && damaged.Source?.StartsWith(Decompressors, StringComparison.Ordinal) == true)
            {
                throw new BadHttpRequestException("The body is not compressed as its Content-Encoding says, or is damaged.", damaged);
            }
        });
        app.UseRequestDecompression();
        app.Use((http, next) =>
        {
            // What could be decompressed has no such header any more.
            if (http.Request.Headers.ContentEncoding is not { Count: > 0 } encoding)
            {
                return next(http);
            }

            return TypedResults.Problem(
                statusCode: StatusCodes.Status415UnsupportedMediaType,
                title: "Unsupported media type.",
                detail: $"Content-Encoding '{encoding}' is not supported; one of gzip, br and deflate is.").ExecuteAsync(http);
        });
    }
}
