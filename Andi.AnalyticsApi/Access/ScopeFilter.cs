using Andi.AnalyticsApi.Problems;
using Andi.Security;

namespace Andi.AnalyticsApi.Access;

/// <summary>
/// Answers a question about a place that the caller may not ask about as one about a place that there is not: before what is known of the answer is told
/// (304, kept answers), and behind the position, at which the scope is looked up as everything else is.
/// </summary>
internal sealed class ScopeFilter(PlacePolicy policy) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var caller = Caller.Of(http.User);
        if (caller is null or { Role: Roles.Admin or Roles.Service })
        {
            return await next(context);
        }

        var scope = http.RequestServices.GetRequiredService<Scope>();
        await scope.SetAsync(caller, http.RequestAborted);
        foreach (var need in http.GetEndpoint()!.Metadata.GetOrderedMetadata<PlaceNeed>())
        {
            if (IdOf(need, http.Request) is not { } id)
            {
                continue;
            }

            if (await scope.RelationToAsync(need.Kind, id, http.RequestAborted) is not { } relation
                || policy.Find(caller.Role, need.Resource, relation) is not { } sight)
            {
                return Problem.NotFound(need.Kind, id);
            }

            scope.Sight = sight;
        }

        return await next(context);
    }

    private static string? IdOf(PlaceNeed need, HttpRequest request) =>
        request.RouteValues.TryGetValue(need.Parameter, out var value) ? value?.ToString()
        : request.Query.TryGetValue(need.Parameter, out var given) ? given.ToString()
        : null;
}
