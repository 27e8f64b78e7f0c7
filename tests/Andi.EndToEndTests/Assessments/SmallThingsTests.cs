using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Andi.EndToEndTests.Topology;

namespace Andi.EndToEndTests.Assessments;

/// <summary>What a caller of either API expects to be there: lists, whole numbers however they are written, mistakes told.</summary>
public sealed class SmallThingsTests(TopologyFixture topology)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_sides_list_what_there_is_page_by_page()
    {
        var world = await SchoolWorld.CreateAsync(topology);
        await world.PostScoreAsync(world.Score(0, 0, 80));
        (await world.ReadAsync($"districts?stateId={world.State}")).GetProperty("items").EnumerateArray()
            .ShouldHaveSingleItem().GetProperty("districtId").GetString().ShouldBe(world.District);
        (await IdsAsync(world.ReadAsync, $"schools?districtId={world.District}", "schoolId")).ShouldBe(world.Schools, ignoreOrder: true);
        (await IdsAsync(world.ReadAsync, $"classrooms?schoolId={world.Schools[0]}", "teacherId")).ShouldBe(world.Teachers.Take(2), ignoreOrder: true);
        (await IdsAsync(WrittenAsync, $"students?schoolId={world.Schools[1]}", "studentId")).ShouldBe(world.Students.Skip(30), ignoreOrder: true);
        (await WrittenAsync($"scores?studentId={world.Students[0]}&testId={world.Math}")).GetProperty("items").EnumerateArray()
            .ShouldHaveSingleItem().GetProperty("overallScore").GetDecimal().ShouldBe(80);
    }

    [Fact]
    public async Task Mistakes_of_a_caller_are_told_and_whole_numbers_may_be_written_as_3_0()
    {
        var world = await SchoolWorld.CreateAsync(topology);
        var misspelt = $"v1/classrooms/{world.Teachers[0]}/scores?shoolYear=2025";
        foreach (var (client, path) in new[] { (topology.Analytics, misspelt), (topology.Oltp, "v1/students?shoolId=x") })
        {
            using var refused = await client.GetAsync(path, Cancellation);
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await refused.Content.ReadAsStringAsync(Cancellation)).ShouldContain("shool");
        }

        var score = JsonSerializer.Serialize(world.Score(1, 0, 80, level: 3));
        using var recorded = await topology.Oltp.PostAsync(
            "v1/scores", new StringContent(score.Replace("\"overallPerformanceLevel\":3", "\"overallPerformanceLevel\":3.0", StringComparison.Ordinal),
                Encoding.UTF8, "application/json"), Cancellation);
        recorded.StatusCode.ShouldBe(HttpStatusCode.Created, await recorded.Content.ReadAsStringAsync(Cancellation));
        using var described = await topology.Oltp.GetAsync("openapi/v1.json", Cancellation);
        (await described.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("paths").EnumerateObject().Select(path => path.Name)
            .ShouldContain("/v1/scores:recompute-places");
    }

    private static async Task<List<string>> IdsAsync(Func<string, Task<JsonElement>> read, string path, string id)
    {
        var ids = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await read($"{path}&limit=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(id).GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
            if (cursor is null)
            {
                return ids;
            }
        }
    }

    private async Task<JsonElement> WrittenAsync(string path)
    {
        using var answer = await topology.Oltp.GetAsync($"v1/{path}", Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancellation));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }
}
