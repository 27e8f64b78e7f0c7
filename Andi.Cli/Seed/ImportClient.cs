using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Andi.Cli.Seed;

/// <summary>Sends CSV to <c>POST /v1/imports/{entity}</c> of a running Andi.</summary>
internal sealed class ImportClient : IDisposable
{
    /// <summary>For one request, the server's work included.</summary>
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromMinutes(30);
    private readonly HttpClient _http;

    public ImportClient(Uri address, string token)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = RequestTimeout };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <exception cref="CommandFailure">The server cannot be reached, or rejected the rows; says what it answered.</exception>
    public async Task<Answer> SendAsync(string entity, string mode, HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.PostAsync($"v1/imports/{entity}?mode={mode}", content, cancellationToken);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync<Answer>(JsonSerializerOptions.Web, cancellationToken)
                    ?? throw new CommandFailure($"{_http.BaseAddress} answered the import of {entity} with nothing.")
                : throw new CommandFailure($"{_http.BaseAddress} refused the import of {entity}: {await ReasonAsync(response, cancellationToken)}");
        }
        catch (HttpRequestException exception)
        {
            throw new CommandFailure($"{_http.BaseAddress} cannot be reached: {exception.Message}");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailure($"The import of {entity} took more than {RequestTimeout.TotalMinutes:0} minutes.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            if (JsonSerializer.Deserialize<Problem>(text, JsonSerializerOptions.Web) is { Detail: { } detail })
            {
                return detail;
            }
        }
        catch (JsonException)
        {
            // No problem document: some other server's answer, shown as it is.
        }

        return response.StatusCode == HttpStatusCode.Unauthorized ? "the token is not valid there." : $"{(int)response.StatusCode} {text}";
    }

    internal sealed record Answer(long Read, long Written, long Unchanged, long Rejected);

    private sealed record Problem(string? Detail);
}
