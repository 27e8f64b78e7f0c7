using Andi.Cli.Seed;
using Andi.Cli.Terminal;

namespace Andi.Cli.LoadTest;

/// <summary>
/// Sends requests from several clients at once for some time. A closed loop: it finds how many the system answers, not what happens when more come.
/// </summary>
/// <param name="writes">The write API.</param>
/// <param name="reads">The read API.</param>
/// <param name="questions">What is asked.</param>
/// <param name="options">How much.</param>
internal sealed class LoadTestRun(HttpClient writes, HttpClient reads, IReadOnlyList<ReadQuestion> questions, LoadTestOptions options)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(500);

    /// <exception cref="CommandFailure">The write API cannot be reached before the test begins.</exception>
    public async Task<LoadTestOutput> RunAsync(Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        var prepared = new List<LoadWrites>();
        try
        {
            foreach (var area in SubjectAreas.All.Where(_ => options.WriteShare > 0))
            {
                if (await area.PrepareWritesAsync(writes, options.Clients, cancellationToken) is { } ready)
                {
                    prepared.Add(ready);
                }
            }

            return await SendAsync(prepared, begin, cancellationToken);
        }
        finally
        {
            foreach (var made in prepared)
            {
                await made.DisposeAsync();
            }
        }
    }

    private async Task<LoadTestOutput> SendAsync(
        IReadOnlyList<LoadWrites> prepared, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        using var step = begin($"load test of {options.Clients} clients, seconds", options.Duration.TotalSeconds);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var begun = TimeProvider.System.GetTimestamp();
        var reporting = ReportAsync(step, begun, end.Token);
        var clients = await Task.WhenAll(Enumerable.Range(0, options.Clients).Select(client => ClientAsync(client, prepared, begun, cancellationToken)));
        var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        await end.CancelAsync();
        await reporting;
        var requests = clients.SelectMany(requests => requests).ToList();
        return new LoadTestOutput(
            requests.All(request => request.Error is null),
            options.Clients,
            seconds,
            [
                .. requests.GroupBy(request => request.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal)
                    .Select(kind => RequestTimes.Of(kind.Key, [.. kind], seconds)),
                RequestTimes.Of("all", requests, seconds),
            ]);
    }

    private async Task<List<TimedRequest>> ClientAsync(int client, IReadOnlyList<LoadWrites> prepared, long begun, CancellationToken cancellationToken)
    {
        // Which requests a client sends is the same in each test; what is asked for depends on the data.
        var random = new Random(client);
        var requests = new List<TimedRequest>();
        do
        {
            if (prepared.Count > 0 && random.Next(100) < options.WriteShare)
            {
                var kind = prepared[random.Next(prepared.Count)];
                using var write = kind.Next(client, random);
                requests.Add(await TimeAsync(kind.Kind, writes, write, cancellationToken));
            }
            else
            {
                var (kind, paths) = questions[random.Next(questions.Count)];
                using var question = new HttpRequestMessage(HttpMethod.Get, paths[random.Next(paths.Count)]);
                requests.Add(await TimeAsync(kind, reads, question, cancellationToken));
            }
        }
        while (TimeProvider.System.GetElapsedTime(begun) < options.Duration);

        return requests;
    }

    private static async Task<TimedRequest> TimeAsync(string kind, HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        string? error = null;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
            error = response.IsSuccessStatusCode ? null : $"{(int)response.StatusCode} of {request.RequestUri}";
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            error = $"{failure.Message} ({request.RequestUri})";
        }

        return new TimedRequest(kind, TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds, error);
    }

    private static async Task ReportAsync(IWorkStep step, long begun, CancellationToken end)
    {
        try
        {
            while (true)
            {
                await Task.Delay(ReportEvery, end);
                step.Report(Math.Floor(TimeProvider.System.GetElapsedTime(begun).TotalSeconds));
            }
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }
}

/// <summary>How requests of one kind went.</summary>
/// <param name="Kind">For instance <c>write</c> or <c>classroom scores</c>.</param>
/// <param name="Requests">Answered, rightly or not.</param>
/// <param name="PerSecond">Of these.</param>
/// <param name="Errors">Answered with 400 or above, or not at all.</param>
/// <param name="Median">Milliseconds from the request to the end of its answer.</param>
/// <param name="P95">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="Longest">Milliseconds.</param>
/// <param name="FirstError">What the first of the errors was; null where there was none.</param>
internal sealed record RequestTimes(
    string Kind, long Requests, double PerSecond, long Errors, double Median, double P95, double P99, double Longest, string? FirstError)
{
    /// <param name="kind">Of the requests.</param>
    /// <param name="requests">All of them; at least one.</param>
    /// <param name="seconds">In which they were sent.</param>
    public static RequestTimes Of(string kind, IReadOnlyCollection<TimedRequest> requests, double seconds)
    {
        double[] sorted = [.. requests.Select(request => request.Milliseconds).Order()];
        return new RequestTimes(
            kind,
            requests.Count,
            requests.Count / seconds,
            requests.Count(request => request.Error is not null),
            Quantile(sorted, 0.5),
            Quantile(sorted, 0.95),
            Quantile(sorted, 0.99),
            sorted[^1],
            requests.FirstOrDefault(request => request.Error is not null)?.Error);
    }

    /// <summary>The smallest value that this share of all is not above: one that was measured, never one between two.</summary>
    internal static double Quantile(double[] sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}

/// <summary>One request.</summary>
/// <param name="Kind">See <see cref="RequestTimes"/>.</param>
/// <param name="Milliseconds">To the end of its answer.</param>
/// <param name="Error">Null where it was answered rightly.</param>
internal sealed record TimedRequest(string Kind, double Milliseconds, string? Error);
