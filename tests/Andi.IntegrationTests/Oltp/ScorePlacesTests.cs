using System.Net;
using System.Text.Json;

namespace Andi.IntegrationTests.Oltp;

/// <summary>A grade or a school that was typed wrongly is taken over into chosen past scores, and into no others.</summary>
[Collection(OltpCollection.Name)]
public sealed class ScorePlacesTests(OltpFixture oltp)
{
    private const string Path = "v1/scores:recompute-places";

    private HttpClient Http => oltp.Http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chosen_scores_take_over_what_they_are_told_to_and_no_more()
    {
        var room = await Classroom.CreateAsync(Http, 2);
        var other = await Classroom.CreateAsync(Http);
        var scores = new List<string>();
        foreach (var (student, year) in new[] { (0, 2024), (0, 2025), (1, 2025) })
        {
            var score = room.Score(student) with { SchoolYear = year, TestDate = $"{year + 1}-05-01" };
            scores.Add((await Http.PostAsync("v1/scores", score).ShouldBeAsync(HttpStatusCode.Created)).GetProperty("scoreId").GetString()!);
        }

        await Http.PutAsync($"v1/students/{room.Students[0]}", new { name = "Kid", grade = "6", schoolId = room.School }).ShouldBeAsync(HttpStatusCode.OK);
        await Http.PutAsync($"v1/students/{room.Students[1]}", new { name = "Kid", grade = "7", schoolId = room.School }).ShouldBeAsync(HttpStatusCode.OK);
        await Http.PutAsync($"v1/teachers/{room.Teacher}", new { name = "Ms Stone", schoolId = other.School }).ShouldBeAsync(HttpStatusCode.OK);

        using (var answer = await Http.PostAsync(Path, new { take = new[] { "grade" }, studentIds = new[] { room.Students[0] }, schoolYear = 2025.ToString() }))
        {
            answer.Headers.GetValues("Andi-Position").ShouldHaveSingleItem();
            Counts(await JsonAsync(answer)).ShouldBe((1, 1));
        }

        (await PlacesAsync(scores)).ShouldBe($"5 {room.School}, 6 {room.School}, 5 {room.School}");
        Counts(await JsonAsync(await Http.PostAsync(Path, new { take = new[] { "school", "grade" }, scoreIds = scores }))).ShouldBe((3, 3));
        (await PlacesAsync(scores)).ShouldBe($"6 {other.School}, 6 {other.School}, 7 {other.School}");
        (await oltp.ScalarAsync<string>($"SELECT string_agg(DISTINCT district_id, ' ') FROM scores WHERE score_id = ANY ('{{{string.Join(',', scores)}}}')"))
            .ShouldBe(other.District);
        Counts(await JsonAsync(await Http.PostAsync(Path, new { take = new[] { "school", "grade" }, teacherIds = new[] { room.Teacher } }))).ShouldBe((3, 0));
    }

    [Theory]
    [InlineData("take", """{"scoreIds":["x"]}""")]
    [InlineData("take", """{"take":["subject"],"scoreIds":["x"]}""")]
    [InlineData("scoreIds", """{"take":["grade"],"schoolYear":"2025"}""")]
    [InlineData("scoreIds", """{"take":["grade"],"scoreIds":[]}""")]
    [InlineData("studentIds", """{"take":["grade"],"studentIds":[null]}""")]
    [InlineData("schoolYear", """{"take":["grade"],"scoreIds":["x"],"schoolYear":"26"}""")]
    public async Task Choice_that_is_none_is_refused_by_field(string field, string body) =>
        (await Http.PostJsonAsync(Path, body).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields.ShouldBe([field]);

    private static (int Chosen, int Changed) Counts(JsonElement answer) => (answer.GetProperty("chosen").GetInt32(), answer.GetProperty("changed").GetInt32());

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private Task<string> PlacesAsync(IEnumerable<string> scores) => oltp.ScalarAsync<string>(
        "SELECT string_agg(grade || ' ' || school_id, ', ' ORDER BY place) "
        + $"FROM unnest(ARRAY['{string.Join("','", scores)}']) WITH ORDINALITY AS given (score_id, place) JOIN scores USING (score_id)");
}
