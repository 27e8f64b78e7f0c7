using System.Net.Http.Headers;
using System.Text.Json;

namespace Andi.Web.Apis;

/// <summary>What came of a write: its position, or why nothing was written.</summary>
/// <param name="Body">What the API answered; empty where it answered nothing.</param>
internal sealed record Written(string? Position, ApiProblem? Problem, string Body);

/// <summary>Reads single records from Andi.Oltp, and writes there, as the visitor. The position of a write goes into a cookie of the visitor's.</summary>
internal sealed class WriteApi(HttpClient http, PositionCookie position)
{
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
            return (null, null, new ApiProblem(0, null, new Dictionary<string, string[]>()));
        }
    }

    /// <summary>Replaces a record, where it still is the one that was read.</summary>
    /// <param name="etag">As it was read; null: whatever it is now.</param>
    public Task<Written> PutAsync<T>(string path, T body, string? etag, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body, options: JsonSerializerOptions.Web) };
        if (etag is not null)
        {
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(etag));
        }

        return SendAsync(request, cancellationToken);
    }

    public Task<Written> PostAsync(string path, HttpContent content, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, cancellationToken);

    private async Task<Written> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            try
            {
                using var response = await http.SendAsync(request, cancellationToken);
                if (!response.IsSuccessStatusCode)
                {
                    return new(null, await ApiProblem.OfAsync(response, cancellationToken), await response.Content.ReadAsStringAsync(cancellationToken));
                }

                var written = response.Headers.TryGetValues(PositionCookie.Header, out var values) ? values.FirstOrDefault() : null;
                position.Remember(written);
                return new(written, null, await response.Content.ReadAsStringAsync(cancellationToken));
            }
            catch (Exception unreachable) when (ApiFailures.IsUnreachable(unreachable, cancellationToken))
            {
                return new(null, new ApiProblem(0, null, new Dictionary<string, string[]>()), "");
            }
        }
    }
}
