using Andi.AnalyticsApi.Positions;
using Andi.AnalyticsApi.Problems;
using Andi.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Access;

/// <summary>
/// Answers a question about a place that the caller may not ask about as one about a place that there is not, and finds out how the others are answered: before
/// the request's position, a 304 and kept answers. A place that is not there yet, or not yet in the scope, is looked for again at the position that
/// <c>Andi-At-Least</c> asks for.
/// </summary>
internal sealed class ScopeFilter(PositionWait wait, AppliedPositions positions, RetentionWatch retention, TimeProvider time) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var caller = Caller.Of(http.User);
        if (caller is null or { IsUnlimited: true })
        {
            return await next(context);
        }

        var refusal = await CheckAsync(http, caller, await positions.ReadAsync(http.RequestAborted));
        if (refusal is not null && http.Request.Headers.ContainsKey(PositionHeaders.AtLeast))
        {
            var (state, problem) = await wait.WaitAsync(http);
            if (problem is not null)
            {
                return problem;
            }

            refusal = await CheckAsync(http, caller, state);
        }

        return refusal ?? await next(context);
    }

    private async Task<ProblemHttpResult?> CheckAsync(HttpContext http, Caller caller, AppliedState state)
    {
        var services = http.RequestServices;
        var (read, scope) = (services.GetRequiredService<ReadState>(), services.GetRequiredService<Scope>());
        read.Set(state, await retention.CurrentAsync(http.RequestAborted), time.GetUtcNow());
        await scope.SetAsync(caller, http.RequestAborted);
        foreach (var need in http.GetEndpoint()!.Metadata.GetOrderedMetadata<PlaceNeed>())
        {
            if (IdOf(need, http.Request) is not { } id)
            {
                continue;
            }

            if (await scope.ViewAsync(need.Resource, need.Kind, id, http.RequestAborted) is not { } view)
            {
                return Problem.NotFound(need.Kind, id);
            }

            read.IsPublished = view == View.Protected;
        }

        return null;
    }

    private static string? IdOf(PlaceNeed need, HttpRequest request) =>
        request.RouteValues.TryGetValue(need.Parameter, out var value) ? value?.ToString()
        : request.Query.TryGetValue(need.Parameter, out var given) ? given.ToString()
        : null;
}
