using System.Text;
using System.Text.Json.Nodes;
using Andi.AnalyticsApi;
using Andi.Audit;
using Andi.Oltp.Storage;

namespace Andi.UnitTests.ServiceDefaults.Audit;

/// <summary>An endpoint that answers with rows of students cannot be forgotten: what it answers is in its OpenAPI document.</summary>
public sealed class PersonalReadTests
{
    private static readonly string[] OfPeople = ["studentId", "studentName"];

    [Fact]
    public async Task Every_read_whose_answer_names_students_on_the_write_side_is_noted() => await CheckAsync<OltpOptions>(6);

    [Fact]
    public async Task Every_read_whose_answer_names_students_on_the_read_side_is_noted() => await CheckAsync<AnalyticsApiMarker>(3);

    /// <summary>What a search finds is of several kinds: the document does not tell which of them are people.</summary>
    [Fact]
    public async Task Search_notes_the_students_that_it_finds()
    {
        var (_, reads) = await DescribedApi.ReadAsync<AnalyticsApiMarker>(
            (path, endpoint) => endpoint.Metadata.GetMetadata<PersonalRead>() is { Kind: not null } read ? $"{path} {read.Resource} {read.Kind}" : null,
            TestContext.Current.CancellationToken);
        reads.ShouldBe(["/v1/search students student"]);
        const string found =
            """{"items":[{"kind":"school","id":"C1"},{"kind":"student","id":"P1"},{"id":"P2","kind":"student"},{"kind":"student","id":"P1"},{"id":"X"}]}""";
        PersonalReads.IdsIn(Encoding.UTF8.GetBytes(found), new PersonalRead("students", "id", "student")).ShouldBe(["P1", "P2"]);
    }

    private static async Task CheckAsync<TProgram>(int expected)
        where TProgram : class
    {
        var (document, reads) = await DescribedApi.ReadAsync<TProgram>(
            (path, endpoint) => endpoint.Metadata.GetMetadata<PersonalRead>() is { IdProperty: not null, Kind: null } ? path : null,
            TestContext.Current.CancellationToken);
        var naming = document["paths"]!.AsObject()
            .Where(path => path.Value!["get"]?["responses"]?["200"]?["content"] is { } content && Names(content, document, []))
            .Select(path => path.Key).ToList();
        naming.Count.ShouldBe(expected);
        reads.ShouldBe(naming, ignoreOrder: true);
    }

    // Follows references; a schema may refer to itself.
    private static bool Names(JsonNode node, JsonNode document, HashSet<string> seen) => node switch
    {
        JsonObject one when one["$ref"] is { } reference => seen.Add(reference.GetValue<string>())
            && Names(reference.GetValue<string>().Split('/').Skip(1).Aggregate(document, (at, name) => at[name]!), document, seen),
        JsonObject one => one["properties"] is JsonObject properties && OfPeople.Any(properties.ContainsKey)
            || one.Any(member => member.Value is not null && Names(member.Value, document, seen)),
        JsonArray all => all.Any(one => one is not null && Names(one, document, seen)),
        _ => false,
    };
}
