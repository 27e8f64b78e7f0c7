using Andi.AnalyticsApi.Areas.Coaching;
using Andi.IntegrationTests.Warehouse.Assessments;
using Andi.Warehouse;
using Andi.Warehouse.Client;

namespace Andi.IntegrationTests.Warehouse.Coaching;

/// <summary>Asks the named queries about resources, community and adoption and compares every answer with a computation from the rows.</summary>
internal sealed class ActivityAnswers(ClickHouseClient client, uint generation, CoachingHistory history, CancellationToken cancellationToken)
{
    private const double Tolerance = 1e-9;

    private Asked _asked = new();

    private readonly IReadOnlyList<SessionRow> _sessions = [.. history.Sessions.Where(row => row.Counts())];
    private readonly IReadOnlyList<UseRow> _uses = [.. history.Uses.Where(row => row.Counts())];
    private readonly IReadOnlyList<ActivityRow> _activities = [.. history.Activities.Where(row => row.Counts())];

    /// <param name="periods">Everything first.</param>
    public async Task ShouldBeTrueAsync(IReadOnlyList<Asked> periods)
    {
        foreach (var asked in periods)
        {
            _asked = asked;
            foreach (var district in new[] { null, "D0", "D1", "D9" })
            {
                await ResourcesAsync(district);
                await CommunityAsync(district);
            }

            foreach (var place in new Place[]
            {
                new(), new(District: "D0"), new(District: "D1"), new(School: "C1"), new(State: CoachingRows.State),
                new("C2", "D1", CoachingRows.State), new(State: "elsewhere"),
            })
            {
                await AdoptionAsync(place);
                await RetentionAsync(place);
                if (place.School is null)
                {
                    await DashboardAsync(place);
                }
            }
        }
    }

    private async Task ResourcesAsync(string? district)
    {
        var rows = _asked.ByDay(Of(_uses, district));
        var found = await AskAsync<ResourceUses>(
            "resource_usage",
            new()
            {
                { "district", district }, { "resource", (string?)null }, { "continued", false }, { "after_count", 0L },
                { "after_id", "" }, { "page_size", 100u },
            });
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
            (await AskAsync<ResourceUses>(
                "resource_usage",
                new()
                {
                    { "district", district }, { "resource", (string?)null }, { "continued", true }, { "after_count", found[0].UseCount },
                    { "after_id", found[0].Id }, { "page_size", 100u },
                })).Select(resource => resource.Id).ShouldBe(found.Skip(1).Select(resource => resource.Id));
        }

        var weeks = await AskAsync<ResourceWeek>("resource_usage_weekly", new() { { "district", district }, { "resource", "R1" } });
        var byWeek = rows.Where(row => row.ResourceId == "R1").GroupBy(row => row.Week()).OrderBy(week => week.Key).ToList();
        weeks.Select(week => (week.Week, week.UseCount, week.TeacherCount, week.ViewCount, week.RateCount)).ShouldBe(byWeek.Select(week => (
            week.Key, (long)week.Count(), (long)Teachers(week).Count(), (long)week.Count(use => use.Action == "view"),
            (long)week.Count(use => use.Rating is not null))));
    }

    private async Task CommunityAsync(string? district)
    {
        var rows = _asked.ByDay(Of(_activities, district));
        var weeks = await AskAsync<CommunityWeek>("community_engagement", new() { { "district", district }, { "forum", "Ümläut's" } });
        var byWeek = rows.Where(row => row.Forum == "Ümläut's").GroupBy(row => row.Week()).OrderBy(week => week.Key).ToList();
        weeks.Select(week => (week.Week, week.ActivityCount, week.TeacherCount, week.MentorCount)).ShouldBe(
            byWeek.Select(week => (week.Key, (long)week.Count(), (long)Teachers(week).Count(), (long)week.Count(row => row.Kind == "mentor"))));

        var forums = await AskAsync<CommunityForum>("community_forums", new() { { "district", district }, { "forum", (string?)null } });
        var byForum = rows.GroupBy(row => row.Forum).OrderByDescending(forum => forum.Count()).ThenBy(forum => forum.Key, StringComparer.Ordinal).ToList();
        forums.Select(forum => (forum.ForumName, forum.ActivityCount, forum.TeacherCount, forum.PostCount)).ShouldBe(
            byForum.Select(forum => (forum.Key, (long)forum.Count(), (long)Teachers(forum).Count(), (long)forum.Count(row => row.Kind == "post"))));
    }

    private async Task AdoptionAsync(Place place)
    {
        var licensed = place.Licensed();
        var found = await AskAsync<AdoptionWeek>("adoption_weekly", place.Parameters());
        var all = _asked.ByWeek(Everything(place)).ToList();
        var expected = all.GroupBy(row => row.Week()).OrderBy(week => week.Key).ToList();
        found.Select(week => (week.Week, week.ActiveTeachers, week.LicensedTeachers)).ShouldBe(
            expected.Select(week => (week.Key, (long)Teachers(week).Count(), (long)Teachers(week).Union(licensed).Count())));
        foreach (var (week, of) in found.Zip(expected))
        {
            week.TeachersWithSessions.ShouldBe(Teachers(of.OfType<SessionRow>()).Count());
            week.TeachersWithResources.ShouldBe(Teachers(of.OfType<UseRow>()).Count());
            week.TeachersInCommunity.ShouldBe(Teachers(of.OfType<ActivityRow>()).Count());
            week.AdoptionRate.ShouldBe((double)Teachers(of).Count() / Teachers(of).Union(licensed).Count(), Tolerance);
        }
    }

    private async Task RetentionAsync(Place place)
    {
        var found = await AskAsync<CohortActivity>("retention_cohorts", place.Parameters());
        var rows = _sessions.Where(place.Has).ToList();
        var first = rows.GroupBy(row => row.TeacherId).ToDictionary(teacher => teacher.Key, teacher => teacher.Min(row => row.Month()));
        // The cohorts are of the days asked for; what became of them goes on.
        var expected = rows.GroupBy(row => (Cohort: first[row.TeacherId], Month: row.Month())).Where(group => _asked.IsOfMonth(group.Key.Cohort))
            .OrderBy(group => group.Key).ToList();
        found.Select(cohort => (cohort.CohortMonth, cohort.MonthsSince, cohort.CohortTeachers, cohort.ActiveTeachers)).ShouldBe(expected.Select(group => (
            group.Key.Cohort,
            (long)(((group.Key.Month.Year - group.Key.Cohort.Year) * 12) + group.Key.Month.Month - group.Key.Cohort.Month),
            (long)first.Values.Count(month => month == group.Key.Cohort),
            (long)Teachers(group).Count())));
    }

    private async Task DashboardAsync(Place place)
    {
        if (_asked.From is null || _asked.To is null)
        {
            // Beside as many months before: only where it is said how many.
            return;
        }

        var parameters = new ClickHouseParameters { { "district", place.District }, { "state", place.State } };
        var found = (await AskAsync<Dashboard>("executive_dashboard", parameters)).ShouldHaveSingleItem();
        var now = _asked.ByMonth(Everything(place));
        var lessons = now.OfType<SessionRow>().ToList();
        var (from, to) = (CoachingRows.FirstOfMonth(_asked.From.Value), CoachingRows.FirstOfMonth(_asked.To.Value));
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month + 1;
        var before = _sessions.Where(place.Has).Where(row => row.Month() >= from.AddMonths(-months) && row.Month() < from).ToList();
        var licensed = place.Licensed();
        (found.SessionCount, found.PreviousSessionCount, found.ResourceUseCount, found.CommunityActivityCount).ShouldBe(
            ((long)lessons.Count, (long)before.Count, (long)now.OfType<UseRow>().Count(), (long)now.OfType<ActivityRow>().Count()));
        (found.ActiveTeachers, found.LicensedTeachers).ShouldBe(((long)Teachers(now).Count(), (long)licensed.Length));
        Near(found.AdoptionRate, licensed.Length == 0 ? null : (double)Teachers(now).Count(id => licensed.Contains(id)) / licensed.Length);
        Near(found.AvgCiqScore, Average(lessons, row => row.Ciq));
        Near(found.AvgTeacherTalkRatio, Average(lessons, row => row.Talk));
        Near(found.EquityScoreChange, Average(lessons, row => row.Equity) - Average(before, row => row.Equity));
        Near(found.WaitTimeSecondsChange, Average(lessons, row => row.Wait) - Average(before, row => row.Wait));
    }

    private static double? Average(List<SessionRow> rows, Func<SessionRow, decimal> of) => rows.Count == 0 ? null : Statistics.Average(rows.Select(of));

    private IEnumerable<IEvent> Everything(Place place) => ((IEnumerable<IEvent>)[.. _sessions, .. _uses, .. _activities]).Where(place.Has);

    private static List<T> Of<T>(IEnumerable<T> rows, string? district)
        where T : IEvent => [.. rows.Where(row => district is null || row.DistrictId == district)];

    private static IEnumerable<string> Teachers(IEnumerable<IEvent> rows) => rows.Select(row => row.TeacherId).Distinct();

    private static void Near(double? found, double? expected)
    {
        found.HasValue.ShouldBe(expected.HasValue);
        (found ?? 0).ShouldBe(expected ?? 0, Tolerance);
    }

    private Task<IReadOnlyList<T>> AskAsync<T>(string query, ClickHouseParameters parameters) =>
        client.QueryAsync<T>(WarehouseQuery.Of("coaching", query).With(_asked.AddTo(parameters, generation)), cancellationToken);

    /// <summary>Where something took place; null: anywhere.</summary>
    private sealed record Place(string? School = null, string? District = null, string? State = null)
    {
        public bool Has(IEvent row) =>
            (School is null || row.SchoolId == School) && (District is null || row.DistrictId == District) && (State is null or CoachingRows.State);

        // Known in each school, by CoachingLanding.NamesAsync: T0 in C0, T1 and T4 in C1, T2 in C2; C0 and C1 are in D0, C2 is in D1.
        public string[] Licensed() =>
        [
            .. from school in new[]
               {
                   (Id: "C0", District: "D0", Teachers: "T0"), (Id: "C1", District: "D0", Teachers: "T1 T4"), (Id: "C2", District: "D1", Teachers: "T2"),
               }
               where (School is null || school.Id == School) && (District is null || school.District == District) && (State is null or CoachingRows.State)
               from teacher in school.Teachers.Split(' ')
               select teacher,
        ];

        public ClickHouseParameters Parameters() => new() { { "school", School }, { "district", District }, { "state", State } };
    }
}
