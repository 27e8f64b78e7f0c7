using System.Net;
using System.Text.Json;

namespace Andi.FaultCampaign.Comparison;

/// <summary>The analytics API, read at a position.</summary>
/// <param name="client">Of the API.</param>
/// <param name="position">Every answer must hold all changes up to it.</param>
/// <param name="deadline">Until when an answer may be refused because it does not yet.</param>
/// <param name="time">The clock of the deadline.</param>
internal sealed class AnalyticsAnswers(HttpClient client, string position, DateTimeOffset deadline, TimeProvider time)
{
    private const int LongestReason = 500;
    private const string AnyQuestion = "schools/S001/scores";

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns once answers hold the position.</summary>
    /// <exception cref="CampaignException">They do not until the deadline.</exception>
    public Task CatchUpAsync(CancellationToken cancellationToken) => AskAsync(AnyQuestion, cancellationToken);

    /// <summary>The answer; null where the API knows no such thing.</summary>
    /// <exception cref="CampaignException">No answer of that position until the deadline.</exception>
    public async Task<JsonElement?> AskAsync(string path, CancellationToken cancellationToken)
    {
        string reason;
        do
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/{path}");
                request.Headers.Add("Andi-At-Least", position);
                using var response = await client.SendAsync(request, cancellationToken);
                var body = await response.Content.ReadAsStringAsync(cancellationToken);
                switch (response.StatusCode)
                {
                    case HttpStatusCode.OK:
                        return JsonDocument.Parse(body).RootElement;
                    case HttpStatusCode.NotFound:
                        return null;
                    case < HttpStatusCode.InternalServerError:
                        throw new CampaignException($"GET {path}: {(int)response.StatusCode} {body}");
                    default:
                        reason = $"{(int)response.StatusCode} {body[..Math.Min(body.Length, LongestReason)]}";
                        break;
                }
            }
            catch (Exception exception)
                when (exception is HttpRequestException or IOException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                reason = exception.Message;
            }

            await Task.Delay(BetweenAttempts, cancellationToken);
        }
        while (time.GetUtcNow() < deadline);

        throw new CampaignException($"Not recovered in time: GET {path} at least {position}: {reason}");
    }
}
