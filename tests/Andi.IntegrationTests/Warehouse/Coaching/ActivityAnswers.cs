using System.Text.Json.Serialization.Metadata;
using Andi.AnalyticsApi.Coaching;
using Andi.AnalyticsApi.Coaching.Adoption;
using Andi.AnalyticsApi.Coaching.Community;
using Andi.AnalyticsApi.Coaching.Districts;
using Andi.AnalyticsApi.Coaching.Resources;
using Andi.IntegrationTests.Warehouse.Assessments;
using Andi.Warehouse;
using Andi.Warehouse.Client;

namespace Andi.IntegrationTests.Warehouse.Coaching;

/// <summary>Asks the named queries about resources, community and adoption and compares every answer with a computation from the rows.</summary>
internal sealed class ActivityAnswers(ClickHouseClient client, uint generation, CoachingHistory history, CancellationToken cancellationToken)
{
    private const double Tolerance = 1e-9;

    // Known in each district, by the schools of CoachingLanding.NamesAsync: T0 in C0, T1 and T4 in C1, T2 in C2.
    private static readonly Dictionary<string, string[]> Licensed = new() { ["D0"] = ["T0", "T1", "T4"], ["D1"] = ["T2"] };

    private readonly IReadOnlyList<SessionRow> _sessions = [.. history.Sessions.Where(row => row.Counts())];
    private readonly IReadOnlyList<UseRow> _uses = [.. history.Uses.Where(row => row.Counts())];
    private readonly IReadOnlyList<ActivityRow> _activities = [.. history.Activities.Where(row => row.Counts())];

    public async Task ShouldBeTrueAsync()
    {
        foreach (var district in new[] { null, "D0", "D1" })
        {
            await ResourcesAsync(district);
            await CommunityAsync(district);
            await AdoptionAsync(district);
            await RetentionAsync(district);
            await DashboardAsync(district);
        }
    }

    private async Task ResourcesAsync(string? district)
    {
        var rows = Of(_uses, district);
        var found = await AskAsync(
            "resource_usage",
            new() { { "district", district }, { "resource", (string?)null }, { "continued", false }, { "after_count", 0L }, { "after_id", "" }, { "page_size", 100u } },
            ResourcesJson.Default.ResourceUses);
        var expected = rows.GroupBy(row => row.ResourceId).OrderByDescending(uses => uses.Count()).ThenBy(uses => uses.Key).ToList();
        found.Select(resource => (resource.Id, resource.UseCount)).ShouldBe(expected.Select(uses => (uses.Key, (long)uses.Count())));
        foreach (var (resource, uses) in found.Zip(expected))
        {
            resource.Title.ShouldBe(resource.Id == "R3" ? null : $"Resource {resource.Id[1..]}");
            resource.TeacherCount.ShouldBe(Teachers(uses).Count());
            new[] { resource.ViewCount, resource.DownloadCount, resource.CompleteCount, resource.ShareCount, resource.RateCount }
                .ShouldBe(new[] { "view", "download", "complete", "share", "rate" }.Select(action => (long)uses.Count(use => use.Action == action)));
            Near(resource.AvgRating, uses.Average(use => use.Rating));
            resource.RatingCounts.ShouldBe(Enumerable.Range(1, 5).Select(star => (long)uses.Count(use => use.Rating == star)));
            Near(resource.AvgDurationSeconds, uses.Average(use => use.Seconds));
            resource.CompletionRate.ShouldBe((double)Teachers(uses.Where(use => use.Action == "complete")).Count() / Teachers(uses).Count(), Tolerance);
        }

        if (found.Count > 1)
        {
            (await AskAsync(
                "resource_usage",
                new()
                {
                    { "district", district }, { "resource", (string?)null }, { "continued", true }, { "after_count", found[0].UseCount }, { "after_id", found[0].Id }, { "page_size", 100u },
                },
                ResourcesJson.Default.ResourceUses)).Select(resource => resource.Id).ShouldBe(found.Skip(1).Select(resource => resource.Id));
        }

        var weeks = await AskAsync("resource_usage_weekly", new() { { "district", district }, { "resource", "R1" } }, ResourcesJson.Default.ResourceWeek);
        var byWeek = rows.Where(row => row.ResourceId == "R1").GroupBy(row => row.Week()).OrderBy(week => week.Key).ToList();
        weeks.Select(week => (week.Week, week.UseCount, week.TeacherCount, week.ViewCount, week.RateCount)).ShouldBe(byWeek.Select(week => (
            week.Key, (long)week.Count(), (long)Teachers(week).Count(), (long)week.Count(use => use.Action == "view"), (long)week.Count(use => use.Rating is not null))));
    }

    private async Task CommunityAsync(string? district)
    {
        var rows = Of(_activities, district);
        var weeks = await AskAsync("community_engagement", new() { { "district", district }, { "forum", "Ümläut's" } }, CommunityJson.Default.CommunityWeek);
        var byWeek = rows.Where(row => row.Forum == "Ümläut's").GroupBy(row => row.Week()).OrderBy(week => week.Key).ToList();
        weeks.Select(week => (week.Week, week.ActivityCount, week.TeacherCount, week.MentorCount)).ShouldBe(
            byWeek.Select(week => (week.Key, (long)week.Count(), (long)Teachers(week).Count(), (long)week.Count(row => row.Kind == "mentor"))));

        var forums = await AskAsync("community_forums", new() { { "district", district }, { "forum", (string?)null } }, CommunityJson.Default.CommunityForum);
        var byForum = rows.GroupBy(row => row.Forum).OrderByDescending(forum => forum.Count()).ThenBy(forum => forum.Key, StringComparer.Ordinal).ToList();
        forums.Select(forum => (forum.ForumName, forum.ActivityCount, forum.TeacherCount, forum.PostCount)).ShouldBe(
            byForum.Select(forum => (forum.Key, (long)forum.Count(), (long)Teachers(forum).Count(), (long)forum.Count(row => row.Kind == "post"))));
    }

    private async Task AdoptionAsync(string? district)
    {
        var licensed = district is null ? [.. Licensed.Values.SelectMany(ids => ids)] : Licensed[district];
        var found = await AskAsync(
            "adoption_weekly", new() { { "school", (string?)null }, { "district", district }, { "state", (string?)null } }, AdoptionJson.Default.AdoptionWeek);
        var all = Everything(district).Where(row => licensed.Contains(row.TeacherId)).ToList();
        var expected = all.GroupBy(row => row.Week()).OrderBy(week => week.Key).ToList();
        found.Select(week => (week.Week, week.ActiveTeachers, week.LicensedTeachers)).ShouldBe(
            expected.Select(week => (week.Key, (long)Teachers(week).Count(), (long)licensed.Length)));
        foreach (var (week, of) in found.Zip(expected))
        {
            week.TeachersWithSessions.ShouldBe(Teachers(of.OfType<SessionRow>()).Count());
            week.TeachersWithResources.ShouldBe(Teachers(of.OfType<UseRow>()).Count());
            week.TeachersInCommunity.ShouldBe(Teachers(of.OfType<ActivityRow>()).Count());
            week.AdoptionRate.ShouldBe((double)Teachers(of).Count() / licensed.Length, Tolerance);
        }
    }

    private async Task RetentionAsync(string? district)
    {
        var found = await AskAsync(
            "retention_cohorts", new() { { "school", (string?)null }, { "district", district }, { "state", (string?)null } }, AdoptionJson.Default.CohortActivity);
        var rows = Of(_sessions, district);
        var first = rows.GroupBy(row => row.TeacherId).ToDictionary(teacher => teacher.Key, teacher => teacher.Min(row => row.Month()));
        var expected = rows.GroupBy(row => (Cohort: first[row.TeacherId], Month: row.Month())).OrderBy(group => group.Key).ToList();
        found.Select(cohort => (cohort.CohortMonth, cohort.MonthsSince, cohort.CohortTeachers, cohort.ActiveTeachers)).ShouldBe(expected.Select(group => (
            group.Key.Cohort,
            (long)(((group.Key.Month.Year - group.Key.Cohort.Year) * 12) + group.Key.Month.Month - group.Key.Cohort.Month),
            (long)first.Values.Count(month => month == group.Key.Cohort),
            (long)Teachers(group).Count())));
    }

    private async Task DashboardAsync(string? district)
    {
        // Two months, beside the two before.
        var thisMonth = CoachingRows.FirstOfMonth(DateOnly.FromDateTime(DateTime.UtcNow));
        var period = new Period { From = $"{thisMonth.AddMonths(-1):yyyy-MM-dd}", To = $"{thisMonth.AddDays(3):yyyy-MM-dd}" };
        var found = (await AskAsync("executive_dashboard", new() { { "district", district }, { "state", (string?)null } }, DistrictCoachingJson.Default.Dashboard, period))
            .ShouldHaveSingleItem();
        var now = Everything(district).Where(row => row.Month() >= thisMonth.AddMonths(-1) && row.Month() <= thisMonth).ToList();
        var lessons = now.OfType<SessionRow>().ToList();
        var before = Of(_sessions, district).Where(row => row.Month() >= thisMonth.AddMonths(-3) && row.Month() < thisMonth.AddMonths(-1)).ToList();
        var licensed = district is null ? [.. Licensed.Values.SelectMany(ids => ids)] : Licensed[district];
        (found.SessionCount, found.PreviousSessionCount, found.ResourceUseCount, found.CommunityActivityCount).ShouldBe(
            ((long)lessons.Count, (long)before.Count, (long)now.OfType<UseRow>().Count(), (long)now.OfType<ActivityRow>().Count()));
        (found.ActiveTeachers, found.LicensedTeachers).ShouldBe(((long)Teachers(now).Count(), (long)licensed.Length));
        Near(found.AdoptionRate, (double)Teachers(now).Count(id => licensed.Contains(id)) / licensed.Length);
        Near(found.AvgCiqScore, Average(lessons, row => row.Ciq));
        Near(found.AvgTeacherTalkRatio, Average(lessons, row => row.Talk));
        Near(found.EquityScoreChange, Average(lessons, row => row.Equity) - Average(before, row => row.Equity));
        Near(found.WaitTimeSecondsChange, Average(lessons, row => row.Wait) - Average(before, row => row.Wait));
    }

    private static double? Average(List<SessionRow> rows, Func<SessionRow, decimal> of) => rows.Count == 0 ? null : Statistics.Average(rows.Select(of));

    private IEnumerable<IEvent> Everything(string? district) => [.. Of(_sessions, district), .. Of(_uses, district), .. Of(_activities, district)];

    private static List<T> Of<T>(IEnumerable<T> rows, string? district)
        where T : IEvent => [.. rows.Where(row => district is null || row.DistrictId == district)];

    private static IEnumerable<string> Teachers(IEnumerable<IEvent> rows) => rows.Select(row => row.TeacherId).Distinct();

    private static void Near(double? found, double? expected)
    {
        found.HasValue.ShouldBe(expected.HasValue);
        (found ?? 0).ShouldBe(expected ?? 0, Tolerance);
    }

    private Task<IReadOnlyList<T>> AskAsync<T>(string query, ClickHouseParameters parameters, JsonTypeInfo<T> type, Period? period = null)
    {
        parameters.Add("generation", generation);
        parameters.Add("oldest", ScoreRow.OldestMonth);
        (period ?? new Period()).AddTo(parameters, ScoreRow.OldestMonth);
        return client.QueryAsync(WarehouseQuery.Of("coaching", query).With(parameters), type, cancellationToken);
    }
}
