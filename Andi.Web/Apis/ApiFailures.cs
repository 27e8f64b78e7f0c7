using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Andi.Web.Apis;

internal static class ApiFailures
{
    /// <summary>Whether an API did not answer, in time or at all: a page says so, and is no failure of its own.</summary>
    public static bool IsUnreachable(Exception failure, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && failure is HttpRequestException or TaskCanceledException or TimeoutRejectedException or BrokenCircuitException;
}
