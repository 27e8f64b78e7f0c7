using Andi.IntegrationTests.Warehouse.Coaching;
using Row = System.Collections.Generic.Dictionary<string, object?>;

namespace Andi.IntegrationTests.AnalyticsApi;

/// <summary>Names change at once; what happened stays where it happened.</summary>
public sealed class CoachingNamesTests(CoachingApiFixture world) : IClassFixture<CoachingApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Teacher_who_is_renamed_and_moves_leaves_the_sessions_of_before_at_the_school_of_before()
    {
        (await SessionsAsync("C1"), await SessionsAsync("C2")).ShouldBe((4, 1));
        await ChangeAsync("teachers", World.Teacher("T1", "Ms. Ada", "C1"), World.Teacher("T1", "Mrs. Ada Moved", "C2"));
        await world.Api.World.PutAsync(
            "ciq_sessions", Cancel,
            SessionRow.Columns(CoachingApiFixture.Session("S6", "T1", "C2", CoachingApiFixture.Later, 1800, 20, 100, 80, 1, 40, 0.8m, 1, 3)));

        var trend = await world.Api.GetAsync("/v1/teachers/T1/ciq");
        trend.GetProperty("teacherName").GetString().ShouldBe("Mrs. Ada Moved");
        trend.GetProperty("progress").GetProperty("sessionCount").GetInt32().ShouldBe(4);
        (await SessionsAsync("C1"), await SessionsAsync("C2")).ShouldBe((4, 2));
        // Beside both schools, of which each has what took place there: 50, 70, 90, 60 and 100, 80.
        var levels = (await world.Api.GetAsync("/v1/teachers/T1/ciq/equity")).GetProperty("items").EnumerateArray()
            .Select(level => (level.GetProperty("id").GetString(), level.GetProperty("avgEquityScore").GetDouble()));
        levels.ShouldBe([("T1", 72.5), ("C1", 67.5), ("C2", 90), ("D1", 75)]);
    }

    [Fact]
    public async Task School_and_a_resource_that_are_renamed_show_in_the_next_answer()
    {
        await ChangeAsync("schools", World.School("C2", "Lake", "D1"), World.School("C2", "Lakeside", "D1"));
        await ChangeAsync("resources", CoachingApiFixture.Resource("R2", "Open questions"), CoachingApiFixture.Resource("R2", "Asking well"));

        (await NamesAsync("/v1/schools/rankings?districtId=D1", "name")).ShouldBe(["Hill", "Lakeside"], ignoreOrder: true);
        (await NamesAsync("/v1/resources/usage", "title")).ShouldBe(["Waiting well", "Asking well"]);
    }

    private Task ChangeAsync(string table, Row before, Row after) => world.Api.World.ChangeAsync(table, before, after, Cancel);

    private async Task<int> SessionsAsync(string school) =>
        (await world.Api.GetAsync($"/v1/schools/{school}/ciq")).GetProperty("items").EnumerateArray().Sum(week => week.GetProperty("sessionCount").GetInt32());

    private async Task<string?[]> NamesAsync(string question, string property) =>
        [.. (await world.Api.GetAsync(question)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty(property).GetString())];
}
