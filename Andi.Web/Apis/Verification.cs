using System.Text.Json;
using System.Text.Json.Nodes;

namespace Andi.Web.Apis;

/// <summary>What came of having an answer recomputed from PostgreSQL.</summary>
/// <param name="Warehouse">The answer as ClickHouse gives it; null where it was not verified.</param>
/// <param name="Found">Null where it was not verified.</param>
/// <param name="Problem">Why not; null where it was.</param>
public sealed record Verification(JsonObject? Warehouse, Recomputed? Found, ApiProblem? Problem);

/// <summary>What the read API says of an answer that it recomputed.</summary>
/// <param name="Position">At which both stores were asked.</param>
/// <param name="DifferenceCount">How many there are in all; null where the list is whole.</param>
/// <param name="Source">The answer as PostgreSQL gives it; null where there it is none.</param>
public sealed record Recomputed(
    string Position, bool Matches, long? DifferenceCount, IReadOnlyList<Difference>? Differences, JsonObject? Source, double WarehouseMs, double SourceMs)
{
    public long Count => DifferenceCount ?? Differences?.Count ?? 0;
}

/// <summary>Where the two answers differ.</summary>
/// <param name="Path">In the answer, as JSONPath.</param>
public sealed record Difference(string Path, JsonNode? Warehouse, JsonNode? Source);

/// <summary>A value of an answer, beside that of the other store.</summary>
/// <param name="Of">What it is of: the texts of its item.</param>
/// <param name="Warehouse">Null where it has none.</param>
/// <param name="Source">Null where it has none.</param>
public sealed record ValueOfBoth(string Of, string Field, string? Warehouse, string? Source);

internal static class Verifying
{
    private const string Parameter = "verify";

    /// <summary>Asks a question and has the answer recomputed, if that is asked for. Where that cannot be, the answer is there, and why it was not.</summary>
    /// <param name="verify">Whether it is to be recomputed: the page's own <c>verify</c>.</param>
    public static async Task<(Answer<T> Answer, Verification? Verification)> GetAsync<T>(
        this ReadApi api, string path, bool verify, CancellationToken cancellationToken = default)
        where T : class
    {
        if (!verify)
        {
            return (await api.GetAsync<T>(path, cancellationToken), null);
        }

        var asked = await api.GetAsync<JsonObject>(ApiPath.With(path, (Parameter, "true")), cancellationToken);
        if (asked.Value is not { } whole)
        {
            return (await api.GetAsync<T>(path, cancellationToken), new(null, null, asked.Problem));
        }

        var found = whole["verification"]?.Deserialize<Recomputed>(JsonSerializerOptions.Web);
        whole.Remove("verification");
        return (new(whole.Deserialize<T>(JsonSerializerOptions.Web), null, found?.Position ?? asked.Position), new(whole, found, null));
    }

    /// <summary>The numbers of both answers, those that differ first.</summary>
    public static IReadOnlyList<ValueOfBoth> Values(JsonObject warehouse, JsonObject? source)
    {
        var (left, right) = (Numbers("", "", warehouse).ToList(), Numbers("", "", source).ToDictionary(value => value.Path));
        var paths = left.Select(value => value.Path).ToHashSet();
        return
        [
            .. left.Select(value => new ValueOfBoth(value.Of, value.Field, value.Text, right.GetValueOrDefault(value.Path).Text))
                .Concat(right.Values.Where(value => !paths.Contains(value.Path)).Select(value => new ValueOfBoth(value.Of, value.Field, null, value.Text)))
                .OrderBy(value => value.Warehouse == value.Source),
        ];
    }

    private static IEnumerable<(string Path, string Of, string Field, string Text)> Numbers(string path, string of, JsonNode? node, string field = "")
    {
        switch (node)
        {
            case JsonObject members:
                // What an item is of is in its texts: a year, a test, a grade, a name.
                var own = string.Join(' ', members.Select(member => member.Value).OfType<JsonValue>()
                    .Where(value => value.GetValueKind() == JsonValueKind.String).Select(value => value.GetValue<string>()));
                return members.SelectMany(member => Numbers($"{path}.{member.Key}", own.Length == 0 ? of : own, member.Value, member.Key));
            case JsonArray items:
                return items.SelectMany((item, place) => Numbers($"{path}[{place}]", of, item, field));
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                return [(path, of, field, value.ToJsonString())];
            default:
                return [];
        }
    }
}
