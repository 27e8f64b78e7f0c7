using System.Globalization;
using System.Net;
using System.Net.Http.Json;

namespace Andi.Cli.LoadTest;

/// <summary>
/// A small school of the load test's own, so that its writes change nobody's data: a student and a score for each client. Removed at the end, through the same API.
/// </summary>
internal sealed class LoadWorld : IAsyncDisposable
{
    private static readonly TimeSpan RemovedWithin = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly string _id = $"load-{Guid.NewGuid():N}"[..17];
    private readonly Stack<string> _made = new();

    private LoadWorld(HttpClient http) => _http = http;

    /// <exception cref="CommandFailure">The write API cannot be reached, or refuses.</exception>
    public static async Task<LoadWorld> MakeAsync(HttpClient http, int clients, CancellationToken cancellationToken)
    {
        var world = new LoadWorld(http);
        try
        {
            await world.PutAsync($"v1/districts/{world._id}", new { name = "Load test", stateId = "ZZ" }, cancellationToken);
            await world.PutAsync($"v1/schools/{world._id}", new { name = "Load test", districtId = world._id }, cancellationToken);
            await world.PutAsync($"v1/teachers/{world._id}", new { name = "Load test", schoolId = world._id }, cancellationToken);
            await world.PutAsync($"v1/tests/{world._id}", new { name = "Load test", subject = "math", maxScore = 100 }, cancellationToken);
            for (var client = 0; client < clients; client++)
            {
                await world.PutAsync($"v1/students/{world.Student(client)}", new { name = "Load test", grade = "5", schoolId = world._id }, cancellationToken);
                using var posted = await http.PostAsJsonAsync("v1/scores", world.Body(client, 50), cancellationToken);
                await EnsureAsync(posted, cancellationToken);
                world._made.Push($"v1/scores/{world.Score(client)}");
            }

            return world;
        }
        catch (HttpRequestException unreachable)
        {
            await world.DisposeAsync();
            throw new CommandFailure($"{http.BaseAddress} cannot be reached: {unreachable.Message}");
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>A correction of the client's score.</summary>
    public HttpRequestMessage Correction(int client, Random random) =>
        new(HttpMethod.Put, $"v1/scores/{Score(client)}") { Content = JsonContent.Create(Body(client, random.Next(0, 10_001) / 100m)) };

    /// <summary>Takes away what was made, the last first. What is left then is told on the error stream.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(RemovedWithin);
        var left = 0;
        while (_made.TryPop(out var path))
        {
            try
            {
                using var deleted = await _http.DeleteAsync(path, limit.Token);
                left += deleted.IsSuccessStatusCode || deleted.StatusCode == HttpStatusCode.NotFound ? 0 : 1;
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
            {
                left++;
            }
        }

        if (left > 0)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{left} rows of the load test, whose ids begin with {_id}, could not be removed."));
        }
    }

    private string Student(int client) => string.Create(CultureInfo.InvariantCulture, $"{_id}-{client}");

    private string Score(int client) => string.Create(CultureInfo.InvariantCulture, $"{_id}-{client}");

    private object Body(int client, decimal score) => new
    {
        scoreId = Score(client),
        studentId = Student(client),
        teacherId = _id,
        testId = _id,
        schoolYear = "2025-2026",
        testDate = "2025-10-01",
        overallScore = score,
        overallPerformanceLevel = 2,
        dimensionScores = new { algebra = score },
    };

    private async Task PutAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var put = await _http.PutAsJsonAsync(path, body, cancellationToken);
        await EnsureAsync(put, cancellationToken);
        _made.Push(path);
    }

    private static async Task EnsureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new CommandFailure($"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }
}
