using System.Net;
using System.Net.Http.Json;
using System.Text;
using Andi.FaultCampaign.Setting;

namespace Andi.FaultCampaign.Workload;

/// <summary>How a write ended, as far as its writer can know.</summary>
internal enum Outcome
{
    Done,

    /// <summary>By a rule: a score that is there already, a teacher who is still referred to.</summary>
    Refused,

    /// <summary>An error or no answer at all: it may have happened, now or later.</summary>
    Unknown,
}

/// <summary>The public API as a client with some patience uses it: any of the processes that serve it, and another one where that fails.</summary>
internal sealed class WriteApi(CampaignTopology topology, WriteCounts counts, Timeline timeline)
{
    private const int Attempts = 3;
    private const int LongestReason = 300;

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(300);

    public Task<Outcome> PutAsync(Random random, string path, object body) => SendAsync(random, HttpMethod.Put, path, () => JsonContent.Create(body));

    public Task<Outcome> PostAsync(Random random, string path, object body) => SendAsync(random, HttpMethod.Post, path, () => JsonContent.Create(body));

    public Task<Outcome> DeleteAsync(Random random, string path) => SendAsync(random, HttpMethod.Delete, path, () => null);

    public Task<Outcome> ImportAsync(Random random, string entity, string csv) =>
        SendAsync(random, HttpMethod.Post, $"imports/{entity}?mode=upsert", () => new StringContent(csv, Encoding.UTF8, "text/csv"));

    private async Task<Outcome> SendAsync(Random random, HttpMethod method, string path, Func<HttpContent?> content)
    {
        var first = random.Next(topology.Oltp.Count);
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await TryAsync(topology.Oltp[(first + attempt) % topology.Oltp.Count], method, path, content());
            if (outcome is { } known)
            {
                counts.Add(known);
                return known;
            }

            if (attempt == Attempts)
            {
                counts.Add(Outcome.Unknown);
                return Outcome.Unknown;
            }

            await Task.Delay(BetweenAttempts);
        }
    }

    // Null: unknown, and worth another try.
    private async Task<Outcome?> TryAsync(string process, HttpMethod method, string path, HttpContent? content)
    {
        try
        {
            using var request = new HttpRequestMessage(method, $"v1/{path}") { Content = content };
            using var response = await topology.OltpClients[process].SendAsync(request);
            if (response.IsSuccessStatusCode)
            {
                return Outcome.Done;
            }

            if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity)
            {
                return Outcome.Refused;
            }

            var reason = await response.Content.ReadAsStringAsync();
            timeline.Note("campaign", $"{method} {path} at {process}: {(int)response.StatusCode} {reason[..Math.Min(reason.Length, LongestReason)]}");
            return response.StatusCode < HttpStatusCode.InternalServerError ? Outcome.Refused : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            return null;
        }
    }
}
