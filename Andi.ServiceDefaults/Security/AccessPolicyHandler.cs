using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Andi.Security;

/// <summary>The caller's role may do what the endpoint needs.</summary>
internal sealed class AccessRequirement : IAuthorizationRequirement;

/// <summary>
/// Asks the policy before anything else of a request is looked at. That a token names one role, and the scope that goes with it, is a rule of tokens
/// (<see cref="TokenRules"/>).
/// </summary>
internal sealed class AccessPolicyHandler(AccessPolicy policy) : AuthorizationHandler<AccessRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        if (context.Resource is HttpContext http && Caller.Of(http.User) is { } caller
            && http.GetEndpoint()?.Metadata.GetMetadata<AccessNeed>() is { } need
            && policy.Allows(caller.Role, ResourceOf(need, http.Request.RouteValues), need.Action))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private static string ResourceOf(AccessNeed need, RouteValueDictionary values) =>
        need.Resource is ['{', .. var name, '}'] ? values[name]?.ToString() ?? "" : need.Resource;
}

/// <summary>How endpoints say what they need.</summary>
public static class AccessNeedExtensions
{
    /// <summary>Only callers whose role may do this with the resource get through; all others are answered 403.</summary>
    public static T Needs<T>(this T endpoint, Actions action, string resource)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessNeed(resource, action));
}
