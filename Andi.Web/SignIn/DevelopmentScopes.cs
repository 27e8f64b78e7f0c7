using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Security;
using Andi.Web.Apis;
using Andi.Web.Areas;

namespace Andi.Web.SignIn;

/// <summary>Somebody, or some place, that one can sign in for.</summary>
internal sealed record DevelopmentScope(string Id, string Name, string? Within);

/// <summary>In development: whom a role can be for, as the read API's search and lists know them. It asks as an admin, before anybody is signed in.</summary>
internal sealed class DevelopmentScopes(HttpClient http, DevelopmentTokens tokens, WebAreas areas)
{
    private const int Shown = 12;
    private const int Searched = 100;

    /// <returns>
    /// Those whose name or id has the text in it, a dozen at most; the first ones where it is empty. Null where the read API does not answer.
    /// </returns>
    public async Task<IReadOnlyList<DevelopmentScope>?> FindAsync(string role, string? text, CancellationToken cancellationToken)
    {
        if (areas.Items.SelectMany(area => area.SignInScopes).FirstOrDefault(one => one.Role == role) is not { } scopes)
        {
            return [];
        }

        var path = string.IsNullOrWhiteSpace(text)
            ? ApiPath.With($"v1/{scopes.List}", ("limit", $"{Shown}"))
            : ApiPath.With("v1/search", ("q", text), ("limit", $"{Searched}"));
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Create(Roles.Admin, scopeId: null));
            using var response = await http.SendAsync(request, cancellationToken);
            var found = response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<Found>(cancellationToken) : null;
            return found?.Items.Where(item => item.Kind is null || item.Kind == scopes.Kind).Take(Shown).Select(item => item.Scope(scopes.IdField)).ToList();
        }
        catch (Exception unreachable) when (ApiFailures.IsUnreachable(unreachable, cancellationToken))
        {
            return null;
        }
    }

    private sealed record Found(IReadOnlyList<Item> Items);

    /// <param name="Further">Of a list, where the field of the id has the name of what is listed.</param>
    private sealed record Item(
        string? Kind, string? Id, string? Name, string? Within, [property: JsonExtensionData] Dictionary<string, JsonElement>? Further)
    {
        public DevelopmentScope Scope(string idField)
        {
            var id = Id ?? Further![idField].GetString()!;
            return new(id, Name ?? id, Within);
        }
    }
}
