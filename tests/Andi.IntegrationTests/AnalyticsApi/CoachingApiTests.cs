using System.Net;
using System.Text.Json;

namespace Andi.IntegrationTests.AnalyticsApi;

/// <summary>The coaching endpoints over HTTP. Expected values are computed by hand from <see cref="CoachingApiFixture"/>.</summary>
public sealed class CoachingApiTests(CoachingApiFixture world) : IClassFixture<CoachingApiFixture>
{
    private const double Tolerance = 1e-9;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Teachers_trend_and_progress()
    {
        var answer = await GetAsync("/v1/teachers/T1/ciq");
        answer.GetProperty("teacherName").GetString().ShouldBe("Ms. Ada");
        var days = Items(answer);
        days.Select(day => day.GetProperty("day").GetString()).ShouldBe(
            [$"{CoachingApiFixture.First:yyyy-MM-dd}", $"{CoachingApiFixture.First.AddDays(1):yyyy-MM-dd}", $"{CoachingApiFixture.Later:yyyy-MM-dd}"]);
        days.Select(day => Number(day, "avgCiqScore")).ShouldBe([60, 80, 90]);
        days.Select(day => Number(day, "avgCiqScore28Days")).ShouldBe([60, 70, 90]);
        days[2].GetProperty("openQuestionShare").ValueKind.ShouldBe(JsonValueKind.Null);

        var progress = answer.GetProperty("progress");
        progress.GetProperty("sessionCount").GetInt32().ShouldBe(3);
        Number(progress, "avgCiqScore").ShouldBe(230 / 3.0, Tolerance);
        Number(progress, "medianEquityScore").ShouldBe(70);
        Number(progress, "totalMinutes").ShouldBe(120);
        Number(progress, "openQuestionShare").ShouldBe(0.5, Tolerance);
        new[] { "ciqScoreChange", "equityScoreChange", "waitTimeSecondsChange", "studentEngagementChange" }.Select(name => Number(progress, name))
            .ShouldBe([20, 30, 2, 30]);
    }

    [Fact]
    public async Task Period_limits_the_days()
    {
        var answer = await GetAsync(
            $"/v1/teachers/T1/ciq?from={CoachingApiFixture.First.AddDays(1):yyyy-MM-dd}&to={CoachingApiFixture.First.AddDays(2):yyyy-MM-dd}");
        Number(Items(answer).ShouldHaveSingleItem(), "avgCiqScore").ShouldBe(80);
        Items(await GetAsync("/v1/teachers/T1/ciq?subject=reading")).ShouldBeEmpty();
        (await GetAsync("/v1/teachers/T1/ciq?subject=reading")).GetProperty("progress").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Teachers_wait_time_month_by_month()
    {
        var months = Items(await GetAsync("/v1/teachers/T1/ciq/wait-time"));
        months.Select(month => Number(month, "avgWaitTimeSeconds")).ShouldBe([2, 4]);
        months[0].GetProperty("changeSinceFirst").ValueKind.ShouldBe(JsonValueKind.Null);
        Number(months[1], "changeSincePrevious").ShouldBe(2);
        Number(months[1], "changeSinceFirst").ShouldBe(2);
    }

    [Fact]
    public async Task Teachers_equity_beside_school_and_district()
    {
        var levels = Items(await GetAsync("/v1/teachers/T1/ciq/equity"));
        levels.Select(level => $"{level.GetProperty("level")} {level.GetProperty("id")}").ShouldBe(["teacher T1", "school C1", "district D1"]);
        levels.Select(level => Number(level, "avgEquityScore")).ShouldBe([70, 67.5, 74]);
        levels.Select(level => Number(level, "medianEquityScore")).ShouldBe([70, 65, 70]);
    }

    [Fact]
    public async Task School_week_by_week_and_among_others()
    {
        var weeks = Items(await GetAsync("/v1/schools/C1/ciq"));
        weeks.Sum(week => week.GetProperty("sessionCount").GetInt32()).ShouldBe(4);
        weeks[0].GetProperty("activeTeachers").GetInt32().ShouldBe(2);
        weeks[^1].GetProperty("activeTeachers").GetInt32().ShouldBe(1);

        var first = await GetAsync("/v1/schools/rankings?districtId=D1&measure=equityScore&limit=1");
        Items(first).ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe("Lake");
        var second = await GetAsync($"/v1/schools/rankings?districtId=D1&measure=equityScore&limit=1&cursor={first.GetProperty("nextCursor").GetString()}");
        var hill = Items(second).ShouldHaveSingleItem();
        (hill.GetProperty("name").GetString(), hill.GetProperty("rank").GetInt32(), hill.GetProperty("activeTeachers").GetInt32()).ShouldBe(("Hill", 2, 2));
        second.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task District_month_by_month_and_as_a_whole()
    {
        var answer = await GetAsync("/v1/districts/D1/ciq");
        var months = Items(answer);
        months.Select(month => Number(month, "avgCiqScore")).ShouldBe([65, 90]);
        months.Select(month => month.GetProperty("activeTeachers").GetInt32()).ShouldBe([3, 1]);
        months[1].GetProperty("engagementCiqCorrelation").ValueKind.ShouldBe(JsonValueKind.Null);

        var dashboard = answer.GetProperty("dashboard");
        new[] { "sessionCount", "previousSessionCount", "resourceUseCount", "communityActivityCount", "activeTeachers", "licensedTeachers" }
            .Select(name => dashboard.GetProperty(name).GetInt32()).ShouldBe([5, 0, 5, 3, 3, 3]);
        Number(dashboard, "avgCiqScore").ShouldBe(70, Tolerance);
        Number(dashboard, "adoptionRate").ShouldBe(1);
        dashboard.GetProperty("ciqScoreChange").ValueKind.ShouldBe(JsonValueKind.Null);

        // Only the later month, beside the one before: 90 against 65.
        var later = (await GetAsync($"/v1/districts/D1/ciq?from={CoachingApiFixture.Later:yyyy-MM-dd}&to={CoachingApiFixture.Later:yyyy-MM-dd}"))
            .GetProperty("dashboard");
        Number(later, "ciqScoreChange").ShouldBe(25, Tolerance);
        Number(later, "adoptionRate").ShouldBe(1 / 3.0, Tolerance);
    }

    [Fact]
    public async Task Equity_and_the_engagement_of_a_district()
    {
        var equity = await GetAsync("/v1/districts/D1/equity");
        Items(equity).Select(item => $"{Number(item, "score")}:{item.GetProperty("count")}").ShouldBe(["50:1", "60:1", "70:1", "90:1", "100:1"]);
        equity.GetProperty("schools").EnumerateArray().Select(school => Number(school, "difference")).ShouldBe([-6.5, 26]);

        // Of C1 the deviations of engagement and CIQ score: -17.5 and -15, 2.5 and 5, 22.5 and 15, -7.5 and -5.
        var levels = Items(await GetAsync("/v1/districts/D1/ciq/engagement"));
        levels.Select(level => level.GetProperty("id").GetString()).ShouldBe(["C1", "C2", "D1"]);
        Number(levels[0], "engagementCiqCorrelation").ShouldBe(650 / Math.Sqrt(875 * 500), Tolerance);
        levels[1].GetProperty("engagementCiqCorrelation").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Use_of_resources()
    {
        var first = await GetAsync("/v1/resources/usage?limit=1");
        var used = Items(first).ShouldHaveSingleItem();
        (used.GetProperty("id").GetString(), used.GetProperty("title").GetString()).ShouldBe(("R1", "Waiting well"));
        (used.GetProperty("useCount").GetInt32(), used.GetProperty("teacherCount").GetInt32()).ShouldBe((4, 2));
        Number(used, "avgRating").ShouldBe(4.5);
        Number(used, "avgDurationSeconds").ShouldBe(90);
        Number(used, "completionRate").ShouldBe(0.5);
        used.GetProperty("ratingCounts").EnumerateArray().Select(count => count.GetInt32()).ShouldBe([0, 0, 0, 1, 1]);

        var second = Items(await GetAsync($"/v1/resources/usage?limit=1&cursor={first.GetProperty("nextCursor").GetString()}")).ShouldHaveSingleItem();
        second.GetProperty("id").GetString().ShouldBe("R2");
        second.GetProperty("avgRating").ValueKind.ShouldBe(JsonValueKind.Null);

        var week = Items(await GetAsync("/v1/resources/usage/weekly?resourceId=R1&districtId=D1")).ShouldHaveSingleItem();
        (week.GetProperty("useCount").GetInt32(), week.GetProperty("rateCount").GetInt32()).ShouldBe((4, 2));
    }

    [Fact]
    public async Task Community_and_who_takes_part()
    {
        var community = await GetAsync("/v1/community/activity");
        Items(community).ShouldHaveSingleItem().GetProperty("activityCount").GetInt32().ShouldBe(3);
        community.GetProperty("forums").EnumerateArray().Select(forum => $"{forum.GetProperty("forumName")}:{forum.GetProperty("teacherCount")}")
            .ShouldBe(["math:2", "beginners:1"]);
        Items(await GetAsync("/v1/community/activity?forum=beginners")).ShouldHaveSingleItem().GetProperty("likeCount").GetInt32().ShouldBe(1);

        var adoption = await GetAsync("/v1/adoption?stateId=ST");
        var week = Items(adoption)[0];
        (week.GetProperty("activeTeachers").GetInt32(), week.GetProperty("licensedTeachers").GetInt32()).ShouldBe((3, 4));
        Number(week, "adoptionRate").ShouldBe(0.75);
        var cohorts = adoption.GetProperty("cohorts").EnumerateArray().ToList();
        cohorts.Select(cohort => cohort.GetProperty("monthsSince").GetInt32()).ShouldBe([0, 1]);
        cohorts.Select(cohort => Number(cohort, "retentionRate")).ShouldBe([1, 1 / 3.0]);
    }

    [Theory]
    [InlineData("/v1/teachers/none/ciq", HttpStatusCode.NotFound)]
    [InlineData("/v1/teachers/none/ciq/wait-time", HttpStatusCode.NotFound)]
    [InlineData("/v1/schools/none/ciq", HttpStatusCode.NotFound)]
    [InlineData("/v1/districts/none/equity", HttpStatusCode.NotFound)]
    [InlineData("/v1/resources/usage?resourceId=none", HttpStatusCode.NotFound)]
    [InlineData("/v1/adoption?schoolId=none", HttpStatusCode.NotFound)]
    [InlineData("/v1/teachers/T1/ciq?from=2026-13-01", HttpStatusCode.BadRequest)]
    [InlineData("/v1/teachers/T1/ciq?from=2026-02-01&to=2026-01-31", HttpStatusCode.BadRequest)]
    [InlineData("/v1/schools/rankings?measure=height", HttpStatusCode.BadRequest)]
    [InlineData("/v1/schools/rankings?cursor=x", HttpStatusCode.BadRequest)]
    [InlineData("/v1/resources/usage?limit=0", HttpStatusCode.BadRequest)]
    public async Task What_is_not_there_or_makes_no_sense_is_told(string path, HttpStatusCode expected)
    {
        using var response = await world.Api.Http.GetAsync(path, Cancel);
        response.StatusCode.ShouldBe(expected);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Who_brings_no_token_gets_nothing()
    {
        using var response = await world.Api.Anonymous.GetAsync("/v1/teachers/T1/ciq", Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private Task<JsonElement> GetAsync(string path) => world.Api.GetAsync(path);

    private static List<JsonElement> Items(JsonElement answer) => [.. answer.GetProperty("items").EnumerateArray()];

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
