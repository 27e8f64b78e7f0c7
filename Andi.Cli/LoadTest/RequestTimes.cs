namespace Andi.Cli.LoadTest;

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
internal sealed record RequestTimes(string Kind, long Requests, double PerSecond, long Errors, double Median, double P95, double P99, double Longest, string? FirstError)
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
