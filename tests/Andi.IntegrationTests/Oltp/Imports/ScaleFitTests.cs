using System.Net;

namespace Andi.IntegrationTests.Oltp.Imports;

/// <summary>Values that are off the scale of their test: extra credit, six decimals. Refused, unless the mapping says what to do with them.</summary>
[Collection(OltpCollection.Name)]
public sealed class ScaleFitTests(OltpFixture oltp)
{
    private static readonly string[] Rows = ["350.499999,7", "349.5,351", "-12,100", "208,-3.5"];

    private HttpClient Http => oltp.Http;

    [Fact]
    public async Task Values_off_the_scale_are_refused_unless_the_mapping_says_what_to_do()
    {
        var room = await RoomAsync();
        (await ImportAsync(room, "{}").ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).Number("rejected").ShouldBe(4);
        (await ImportAsync(room, """{"round": true}""").ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).Rejects
            .Select(reject => (reject.Line, reject.Field)).ShouldBe([(2, "overallScore"), (3, "dimensionScores"), (4, "overallScore"), (5, "dimensionScores")]);
        (await ScoresAsync(room)).ShouldBe("");

        var fitted = await ImportAsync(room, """{"round": true, "clamp": true}""").ShouldBeAsync(HttpStatusCode.OK);
        fitted.GetProperty("warnings").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe("Values of 4 rows were brought onto the scale.");

        // 350.5 in four decimals, so 351, which the scale ends below; half away from zero; and the lower end.
        (await ScoresAsync(room)).ShouldBe("350 7, 350 350, 0 100, 208 0");
    }

    [Fact]
    public async Task Table_without_a_scale_has_nothing_to_bring_onto_it()
    {
        var room = await Classroom.CreateAsync(Http);
        var answer = await Http.ImportMappedAsync("schools", """{"clamp": true}""", $"schoolId,name,districtId\n{room.School}x,Hill,{room.District}\n")
            .ShouldBeAsync(HttpStatusCode.OK);
        answer.GetProperty("warnings").EnumerateArray().ShouldBeEmpty();
    }

    private async Task<Classroom> RoomAsync()
    {
        var room = await Classroom.CreateAsync(Http, Rows.Length);
        await Http.PutAsync($"v1/tests/{room.Test}", new { name = "Reading", subject = "Reading", maxScore = 350, decimals = 0 })
            .ShouldBeAsync(HttpStatusCode.OK);
        return room;
    }

    private Task<HttpResponseMessage> ImportAsync(Classroom room, string mapping) => Http.ImportMappedAsync(
        "scores", mapping, "studentId,teacherId,testId,schoolYear,testDate,overallScore,dimension:Fiction\n"
        + string.Concat(Rows.Select((row, n) => $"{room.Students[n]},{room.Teacher},{room.Test},2025,2026-05-01,{row}\n")));

    private Task<string> ScoresAsync(Classroom room) => oltp.ScalarAsync<string>($"""
        SELECT coalesce(string_agg(overall_score || ' ' || (dimension_scores ->> 'Fiction'), ', ' ORDER BY place), '')
        FROM unnest(ARRAY['{string.Join("','", room.Students)}']) WITH ORDINALITY AS given (student_id, place) JOIN scores USING (student_id)
        """);
}
