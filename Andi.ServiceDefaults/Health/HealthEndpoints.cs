using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.Health;

/// <summary><c>/alive</c>: the process answers. <c>/health</c>: it and everything it needs work; the answer names each check that does not.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = _ => false });
        routes.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new HealthAnswer(
            report.Status.ToString(),
            report.Entries.ToDictionary(entry => entry.Key, entry => new HealthAnswerCheck(entry.Value.Status.ToString(), entry.Value.Description))),
        context.RequestAborted);

    private sealed record HealthAnswer(string Status, Dictionary<string, HealthAnswerCheck> Checks);

    private sealed record HealthAnswerCheck(string Status, string? Description);
}
