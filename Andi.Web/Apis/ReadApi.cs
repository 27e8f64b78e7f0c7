using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Andi.Web.Apis;

/// <summary>An answer of the read API: a value, or why there is none.</summary>
/// <param name="Value">Null where there is a problem.</param>
/// <param name="Problem">Null where there is a value.</param>
/// <param name="Position">The position that the answer reflects, as <c>0/4163AC90</c>; null where the API said none.</param>
public sealed record Answer<T>(T? Value, ApiProblem? Problem, string? Position)
    where T : class;

/// <summary>Why an API gave no answer.</summary>
/// <param name="Status">The HTTP status; 0 where the API could not be reached.</param>
/// <param name="Detail">A sentence of the API's.</param>
/// <param name="Errors">What is wrong, by field; empty where the problem is not one of fields.</param>
public sealed record ApiProblem(int Status, string? Detail, IReadOnlyDictionary<string, string[]> Errors)
{
    /// <summary>The API could not be reached, or did not answer in time: whether it wrote anything is not known.</summary>
    public static ApiProblem Unreachable { get; } = new(0, null, new Dictionary<string, string[]>());

    public bool IsNotFound => Status == (int)HttpStatusCode.NotFound;

    public bool IsForbidden => Status == (int)HttpStatusCode.Forbidden;

    /// <summary>Somebody changed the record after it was read.</summary>
    public bool IsChangedMeanwhile => Status == (int)HttpStatusCode.PreconditionFailed;

    /// <summary>The pipeline has not applied yet what the visitor wrote.</summary>
    public bool IsBehind => Status == (int)HttpStatusCode.ServiceUnavailable;

    /// <summary>The problem of an answer that is none.</summary>
    public static async Task<ApiProblem> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        Of((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));

    /// <param name="body">A problem document, or whatever else answered in the place of the API.</param>
    public static ApiProblem Of(int status, string body)
    {
        try
        {
            var problem = JsonSerializer.Deserialize<Document>(body, JsonSerializerOptions.Web);
            return new(status, problem?.Detail ?? problem?.Title, problem?.Errors ?? []);
        }
        catch (JsonException)
        {
            return new(status, null, new Dictionary<string, string[]>());
        }
    }

    private sealed record Document(string? Title, string? Detail, Dictionary<string, string[]>? Errors);
}

/// <summary>Reads from Andi.AnalyticsApi as the visitor, at least at the position of the visitor's last write.</summary>
internal sealed class ReadApi(HttpClient http)
{
    /// <param name="path">With <c>v1/</c> in front; its values are escaped, as <see cref="ApiPath.Of"/> does.</param>
    public async Task<Answer<T>> GetAsync<T>(string path, CancellationToken cancellationToken = default)
        where T : class
    {
        try
        {
            using var response = await http.GetAsync(path, cancellationToken);
            var position = response.Headers.TryGetValues(PositionCookie.Header, out var values) ? values.FirstOrDefault() : null;
            return response.IsSuccessStatusCode
                ? new(await response.Content.ReadFromJsonAsync<T>(cancellationToken), null, position)
                : new(null, await ApiProblem.OfAsync(response, cancellationToken), position);
        }
        catch (Exception unreachable) when (ApiFailures.IsUnreachable(unreachable, cancellationToken))
        {
            return new(null, ApiProblem.Unreachable, null);
        }
    }
}

/// <summary>Paths of the APIs, with their values escaped.</summary>
internal static class ApiPath
{
    /// <summary>Escapes every value of an interpolated path: <c>ApiPath.Of($"v1/schools/{id}/scores")</c>.</summary>
    public static string Of(FormattableString path) => string.Format(
        CultureInfo.InvariantCulture,
        path.Format,
        [.. path.GetArguments().Select(value => Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""))]);

    /// <summary>Adds parameters of a query; those that are null or empty are left out.</summary>
    public static string With(string path, params (string Name, string? Value)[] parameters)
    {
        var query = parameters.Where(parameter => !string.IsNullOrEmpty(parameter.Value))
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}").ToList();
        return query.Count == 0 ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{string.Join('&', query)}";
    }
}
