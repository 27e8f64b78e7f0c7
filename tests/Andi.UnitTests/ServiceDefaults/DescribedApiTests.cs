using System.Text.Json.Nodes;
using Andi.AnalyticsApi;
using Andi.Oltp.Storage;

namespace Andi.UnitTests.ServiceDefaults;

/// <summary>What the OpenAPI documents of both APIs say of every operation, parameter and property.</summary>
public sealed class DescribedApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_and_parameter_of_both_is_described()
    {
        foreach (var document in new[] { await OltpAsync(), await AnalyticsAsync() })
        {
            foreach (var (path, operation) in Operations(document))
            {
                Text(operation["summary"]).ShouldNotBeNullOrEmpty(path);
                foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
                {
                    Text(parameter!["description"]).ShouldNotBeNullOrEmpty($"{path} {Text(parameter["name"])}");
                }
            }

            document["security"]![0]!["bearer"].ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Errors_are_described_once_and_each_operation_refers_to_those_it_has()
    {
        var oltp = await OltpAsync();
        Errors(oltp, "/v1/districts", "get").ShouldBe(["400", "401", "403", "429", "503"]);
        Errors(oltp, "/v1/districts/{id}", "get").ShouldBe(["400", "401", "403", "404", "429", "503"]);
        Errors(oltp, "/v1/districts/{id}", "put").ShouldBe(["400", "401", "403", "404", "408", "409", "412", "413", "415", "429", "503"]);
        Errors(oltp, "/v1/districts/{id}", "delete").ShouldBe(["400", "401", "403", "404", "409", "412", "429", "503"]);
        Errors(oltp, "/v1/imports/{entity}", "post").ShouldBe(["400", "401", "403", "404", "408", "413", "415", "422", "429", "503"]);
        Errors(await AnalyticsAsync(), "/v1/classrooms", "get").ShouldBe(["400", "401", "403", "404", "429", "503"]);
        var response = oltp["components"]!["responses"]!["Unavailable"]!;
        Text(response["content"]!["application/problem+json"]!["schema"]!["$ref"]).ShouldBe("#/components/schemas/Problem");
        response["headers"]!["Retry-After"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Comments_of_properties_and_of_parameters_of_records_are_descriptions()
    {
        var session = Schema(await OltpAsync(), "CiqSessionBody");
        Text(session["description"]).ShouldStartWith("A CIQ session as it is written.");
        Text(session["properties"]!["teacherTalkRatio"]!["description"]).ShouldBe("0 to 1, at most four decimal places.");
        Text(session["properties"]!["durationSeconds"]!["description"]).ShouldBe("In seconds.");
        // What a body takes over is described where the row is.
        Text(session["properties"]!["schoolId"]!["description"]).ShouldStartWith("The teacher's school when the session was recorded");
        Text(Schema(await AnalyticsAsync(), "ResourceUses")["properties"]!["ratingCounts"]!["description"]).ShouldBe("How many gave 1, 2, 3, 4 and 5.");
    }

    [Fact]
    public async Task Values_that_converters_read_have_their_types()
    {
        var oltp = await OltpAsync();
        var session = Schema(oltp, "CiqSessionBody")["properties"]!;
        session["studentCount"]!["type"]!.ToJsonString().ShouldBe("\"integer\"");
        session["startedAt"]!.ToJsonString().ShouldContain("\"format\":\"date-time\"");
        session["grade"]!["type"]!.AsArray().Select(Text).ShouldBe(["number", "string"], ignoreOrder: true);
        Schema(oltp, "ResourceUseBody")["properties"]!["rating"]!["type"]!.AsArray().Select(Text).ShouldBe(["null", "integer"], ignoreOrder: true);
        Schema(oltp, "CiqSession")["properties"]!["durationSeconds"]!["type"]!.ToJsonString().ShouldBe("\"integer\"");
        Schema(oltp, "Score")["properties"]!["testDate"]!["format"]!.ToJsonString().ShouldBe("\"date\"");
    }

    [Fact]
    public async Task Answer_of_two_kinds_is_either()
    {
        var answer = (await AnalyticsAsync())["paths"]!["/v1/classrooms/{teacherId}/scores"]!["get"]!["responses"]!["200"]!;
        answer["content"]!["application/json"]!["schema"]!["oneOf"]!.AsArray().Select(kind => Text(kind!["$ref"]))
            .ShouldBe(["#/components/schemas/ClassroomScores", "#/components/schemas/ClassroomScoresList"]);
    }

    [Fact]
    public async Task Lists_have_their_filters_and_pages()
    {
        var parameters = (await OltpAsync())["paths"]!["/v1/scores"]!["get"]!["parameters"]!.AsArray();
        parameters.Select(parameter => Text(parameter!["name"])).ShouldBe(["limit", "cursor", "studentId", "teacherId", "testId", "schoolYear"]);
        parameters[0]!["schema"]!.ToJsonString().ShouldContain("\"maximum\":1000");
    }

    private static Task<JsonNode> OltpAsync() => DescribedApi.ReadAsync<OltpOptions>(Cancellation);

    private static Task<JsonNode> AnalyticsAsync() => DescribedApi.ReadAsync<AnalyticsApiMarker>(Cancellation);

    private static IEnumerable<(string Path, JsonNode Operation)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ($"{operation.Key} {path.Key}", operation.Value);

    private static string[] Errors(JsonNode document, string path, string method) =>
    [
        .. document["paths"]![path]![method]!["responses"]!.AsObject()
            .Where(response => response.Key[0] >= '4').Where(response => response.Value!["$ref"] is not null).Select(response => response.Key)
            .Order(StringComparer.Ordinal),
    ];

    private static JsonNode Schema(JsonNode document, string name) => document["components"]!["schemas"]![name]!;

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}
