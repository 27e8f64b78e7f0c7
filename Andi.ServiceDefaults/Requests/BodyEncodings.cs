using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Andi.Requests;

/// <summary>Bodies may be sent compressed (gzip, br, deflate); another <c>Content-Encoding</c> is 415, not a body that makes no sense.</summary>
internal static class BodyEncodings
{
    /// <summary>Comes behind routing, as an endpoint may have a size limit of its own, which counts what is decompressed.</summary>
    public static void UseBodyEncodings(this IApplicationBuilder app)
    {
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
                detail: $"Content-Encoding '{encoding}' is not supported; gzip, br and deflate are.").ExecuteAsync(http);
        });
    }
}
