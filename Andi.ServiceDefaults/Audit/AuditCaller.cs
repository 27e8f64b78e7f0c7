using System.Diagnostics;
using Andi.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Andi.Audit;

/// <summary>Who asks, as the token says, and why: by which endpoint.</summary>
/// <param name="Name">The token's <c>sub</c>.</param>
/// <param name="Role">Several separated by commas; null where it has none.</param>
/// <param name="Scope">The teacher, school, district or state that the role is for; null where it is for none.</param>
/// <param name="TokenId">The token's <c>jti</c>.</param>
/// <param name="Endpoint">Method and route: <c>GET /v1/students/{id}</c>.</param>
/// <param name="TraceId">Under which the request's spans are found.</param>
public sealed record AuditCaller(string Name, string? Role, string? Scope, string? TokenId, string Endpoint, string? TraceId)
{
    private const string Unnamed = "(no sub)";
    private const string SubClaim = "sub";
    private const string TokenIdClaim = "jti";

    /// <summary>The caller of a request that has been authenticated.</summary>
    public static AuditCaller Of(HttpContext http)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/') ?? http.Request.Path.Value;
        return new(
            Claims(SubClaim) ?? Unnamed, Claims(ClaimNames.Role), Claims(ClaimNames.ScopeId), Claims(TokenIdClaim), $"{http.Request.Method} {route}",
            Activity.Current?.TraceId.ToString());

        // PostgreSQL has no text with a NUL, and a token may have one.
        string? Claims(string type)
        {
            var all = string.Join(',', http.User.FindAll(type).Select(claim => claim.Value.Replace('\0', '?')));
            return all.Length > 0 ? all : null;
        }
    }
}
