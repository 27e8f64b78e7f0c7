using System.Net.Http.Headers;
using System.Text.Json;

namespace Andi.Web.Apis;

/// <summary>What came of a write: its position, or why nothing was written.</summary>
internal sealed record Written(string? Position, ApiProblem? Problem);

/// <summary>Reads single records from Andi.Oltp, and writes there, as the visitor. The position of a write goes into a cookie of the visitor's.</summary>
internal sealed class WriteApi(HttpClient http, PositionCookie position)
{
    // A form holds the tag: one that somebody has made something else of must match no record, while none at all would match each.
    private static readonly EntityTagHeaderValue OfNothing = new("\"\"");

    /// <summary>A record by its path, with its ETag.</summary>
    public async Task<(T? Value, string? ETag, ApiProblem? Problem)> GetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var response = await http.GetAsync(path, cancellationToken);
            return response.IsSuccessStatusCode
                ? (await response.Content.ReadFromJsonAsync<T>(cancellationToken), response.Headers.ETag?.ToString(), null)
                : (null, null, await ApiProblem.OfAsync(response, cancellationToken));
        }
        catch (Exception unreachable) when (ApiFailures.IsUnreachable(unreachable, cancellationToken))
        {
            return (null, null, ApiProblem.Unreachable);
        }
    }

    /// <summary>Replaces a record, where it still is the one that was read.</summary>
    /// <param name="etag">As it was read.</param>
    public Task<Written> PutAsync<T>(string path, T body, string etag, CancellationToken cancellationToken) =>
        SendAsync(Conditional(HttpMethod.Put, path, etag, JsonContent.Create(body, options: JsonSerializerOptions.Web)), cancellationToken);

    /// <summary>Removes a record, where it still is the one that was read.</summary>
    /// <param name="etag">As it was read.</param>
    public Task<Written> DeleteAsync(string path, string etag, CancellationToken cancellationToken) =>
        SendAsync(Conditional(HttpMethod.Delete, path, etag, content: null), cancellationToken);

    public Task<Written> PostAsync<T>(string path, T body, CancellationToken cancellationToken) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: JsonSerializerOptions.Web) }, cancellationToken);

    private static HttpRequestMessage Conditional(HttpMethod method, string path, string etag, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.IfMatch.Add(EntityTagHeaderValue.TryParse(etag, out var tag) ? tag : OfNothing);
        return request;
    }

    private async Task<Written> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            try
            {
                using var response = await http.SendAsync(request, cancellationToken);
                if (!response.IsSuccessStatusCode)
                {
                    return new(null, await ApiProblem.OfAsync(response, cancellationToken));
                }

                var written = response.Headers.TryGetValues(PositionCookie.Header, out var values) ? values.FirstOrDefault() : null;
                position.Remember(written);
                return new(written, null);
            }
            catch (Exception unreachable) when (ApiFailures.IsUnreachable(unreachable, cancellationToken))
            {
                return new(null, ApiProblem.Unreachable);
            }
        }
    }
}
