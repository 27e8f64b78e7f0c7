using System.Net;
using System.Text.Json;

namespace Andi.IntegrationTests.Oltp;

/// <summary>What the parameters of an import choose, and what becomes of columns that a file lacks or that nobody knows.</summary>
[Collection(OltpCollection.Name)]
public sealed class ImportChoiceTests(OltpFixture oltp)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HttpClient Http => oltp.Http;

    [Fact]
    public async Task Dry_run_tells_what_would_happen_and_writes_nothing()
    {
        var id = OltpFixture.Unique("D");
        using var answer = await Http.ImportAsync("districts", $"districtId,name,stateId\n{id},North,TX\n{id}2,South,TX\n", "?dryRun=true");
        answer.Headers.Contains("Andi-Position").ShouldBeFalse("nothing was written");
        var told = await Task.FromResult(answer).ShouldBeAsync(HttpStatusCode.OK);
        (told.GetProperty("dryRun").GetBoolean(), told.GetProperty("written").GetInt64()).ShouldBe((true, 2));
        await Http.GetAsync($"v1/districts/{id}", Cancel).ShouldBeProblemAsync(HttpStatusCode.NotFound);

        var bad = await Http.ImportAsync("districts", $"districtId,name,stateId\n{id},North,TX\n{id},South,TX\n", "?dryRun=true")
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        bad.Rejects.ShouldHaveSingleItem().Line.ShouldBe(3);
        await Http.ImportAsync("districts", $"districtId,name,stateId\n{id},North,TX\n", "?dryRun=maybe").ShouldBeProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Unknown_column_is_named_with_the_nearest_known_one_and_ignored_only_when_asked()
    {
        var id = OltpFixture.Unique("D");
        var csv = $"districtId,nmae,name,stateId,remarks\n{id},x,North,TX,y\n";
        var problem = await Http.ImportAsync("districts", csv).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Detail.ShouldContain("'nmae' (name?), 'remarks'");
        problem.Detail.ShouldContain("ignoreUnknown=true");

        var answer = await Http.ImportAsync("districts", csv, "?ignoreUnknown=true").ShouldBeAsync(HttpStatusCode.OK);
        answer.GetProperty("ignoredColumns").EnumerateArray().Select(column => column.GetString()).ShouldBe(["nmae", "remarks"]);
        (await ReadAsync($"districts/{id}")).GetProperty("name").GetString().ShouldBe("North");
    }

    /// <summary>Kind: an update of some fields wipes the others.</summary>
    [Fact]
    public async Task Upsert_leaves_what_the_file_says_nothing_of()
    {
        var room = await Classroom.CreateAsync(Http);
        await ImportAsync("teachers", $"teacherId,name,schoolId,email\n{room.Teacher},Ms Stone,{room.School},stone@example.org\n");
        await ImportAsync("teachers", $"teacherId,name,schoolId\n{room.Teacher},Ms Rivera,{room.School}\n");
        var teacher = await ReadAsync($"teachers/{room.Teacher}");
        (teacher.GetProperty("name").GetString(), teacher.GetProperty("email").GetString()).ShouldBe(("Ms Rivera", "stone@example.org"));
        await ImportAsync("teachers", $"teacherId,name,schoolId,email\n{room.Teacher},Ms Rivera,{room.School},\n");
        (await ReadAsync($"teachers/{room.Teacher}")).GetProperty("email").GetString().ShouldBeNull("the column is there, and empty");

        var scoreId = OltpFixture.Unique("R");
        const string Header = "scoreId,studentId,teacherId,testId,schoolYear,testDate,overallScore,overallPerformanceLevel";
        var score = $"{scoreId},{room.Student},{room.Teacher},{room.Test},2025-2026,2026-05-01";
        await ImportAsync("scores", $"{Header},dimension:algebra\n{score},80,3,75\n");
        await ImportAsync("scores", $"{Header}\n{score},90,4\n");
        var corrected = await ReadAsync($"scores/{scoreId}");
        corrected.GetProperty("overallScore").GetDecimal().ShouldBe(90);
        corrected.GetProperty("dimensionScores").GetProperty("algebra").GetDecimal().ShouldBe(75);
    }

    private Task<JsonElement> ImportAsync(string entity, string csv) => Http.ImportAsync(entity, csv, "?mode=upsert").ShouldBeAsync(HttpStatusCode.OK);

    private Task<JsonElement> ReadAsync(string path) => Http.GetAsync($"v1/{path}", Cancel).ShouldBeAsync(HttpStatusCode.OK);
}
