using Andi.AnalyticsApi.Areas.Coaching;
using Andi.IntegrationTests.Warehouse.Assessments;
using Andi.Warehouse;
using Andi.Warehouse.Client;

namespace Andi.IntegrationTests.Warehouse.Coaching;

/// <summary>Asks the named queries about lessons and compares every answer with a computation from the rows.</summary>
internal sealed class LessonAnswers(ClickHouseClient client, uint generation, CoachingHistory history, CancellationToken cancellationToken)
{
    private const double Tolerance = 1e-9;

    private readonly IReadOnlyList<SessionRow> _rows = [.. history.Sessions.Where(row => row.Counts())];

    private Asked _asked = new();

    /// <summary>Lessons of all subjects and grades, of one subject and grade, and one other filter: three seeds in a row have all of those.</summary>
    public static IReadOnlyList<(string? Subject, string? Grade)> FiltersForSeed(int seed)
    {
        (string?, string?)[] others = [(null, "3"), ("reading", null), ("nothing", null)];
        return [(null, null), ("math", "4"), others[seed % others.Length]];
    }

    /// <param name="periods">Everything first.</param>
    /// <param name="filters">Everything first.</param>
    public async Task ShouldBeTrueAsync(IReadOnlyList<Asked> periods, IReadOnlyList<(string? Subject, string? Grade)> filters)
    {
        await UnknownAsync();
        // Every filter, every period, and one of each together.
        foreach (var (subject, grade, asked) in filters.Select(filter => (filter.Subject, filter.Grade, periods[0]))
            .Concat(periods.Skip(1).Select(period => ((string?)null, (string?)null, period)))
            .Append((filters[1].Subject, filters[1].Grade, periods[^1])).Distinct())
        {
            var rows = _rows.Where(row => (subject is null || row.Subject == subject) && (grade is null || row.Grade == grade)).ToList();
            var filter = new LessonFilter { Subject = subject, Grade = grade };
            _asked = asked;
            await TeacherAsync("T1", rows, filter);
            await SchoolAsync("C1", [.. rows.Where(row => row.SchoolId == "C1")], filter);
            await DistrictAsync("D0", asked.ByMonth(rows.Where(row => row.DistrictId == "D0")), filter);
            await RankingAsync(asked.ByMonth(rows), null, CoachingRows.State, "equityScore", row => row.Equity, filter);
            await RankingAsync(asked.ByMonth(rows.Where(row => row.DistrictId == "D0")), "D0", null, "waitTimeSeconds", row => row.Wait, filter);
        }
    }

    /// <summary>A teacher and a state that no lesson has.</summary>
    private async Task UnknownAsync()
    {
        _asked = new();
        await TeacherAsync("T9", [.. _rows], new());
        await RankingAsync([], null, "elsewhere", "ciqScore", row => row.Ciq, new());
    }

    private async Task TeacherAsync(string teacher, List<SessionRow> all, LessonFilter filter)
    {
        var own = all.Where(row => row.TeacherId == teacher).ToList();
        var days = await AskAsync<TeacherDay>("teacher_trend", filter.With("teacher", teacher));
        var ofDays = _asked.ByDay(own);
        Compare(days, row => row.Day, ofDays.GroupBy(row => row.Day()));
        foreach (var day in days)
        {
            day.AvgCiqScore28Days.ShouldBe(
                Statistics.Average(ofDays.Where(row => row.Day() <= day.Day && row.Day() > day.Day.AddDays(-28)).Select(row => row.Ciq)), Tolerance);
        }

        await ProgressAsync(teacher, ofDays, filter);
        await WaitTimeAsync(teacher, _asked.ByMonth(own), filter);
        await EquityAsync(teacher, _asked.ByMonth(own), _asked.ByMonth(all), filter);
    }

    private async Task WaitTimeAsync(string teacher, List<SessionRow> own, LessonFilter filter)
    {
        var months = await AskAsync<WaitTimeMonth>("teacher_wait_time", filter.With("teacher", teacher));
        var waits = own.GroupBy(row => row.Month()).OrderBy(group => group.Key)
            .Select(group => (group.Key, Rows: group.Select(row => row.Wait).ToList())).ToList();
        months.Select(month => (month.Month, month.SessionCount)).ShouldBe(waits.Select(group => (group.Key, (long)group.Rows.Count)));
        for (var i = 0; i < months.Count; i++)
        {
            var average = Statistics.Average(waits[i].Rows);
            months[i].AvgWaitTimeSeconds.ShouldBe(average, Tolerance);
            months[i].WaitTimeSecondsStdDev.ShouldBe(Statistics.StandardDeviation(waits[i].Rows), 1e-6);
            Near(months[i].ChangeSincePrevious, i == 0 ? null : average - Statistics.Average(waits[i - 1].Rows));
            Near(months[i].ChangeSinceFirst, i == 0 ? null : average - Statistics.Average(waits[0].Rows));
        }
    }

    private async Task EquityAsync(string teacher, List<SessionRow> own, List<SessionRow> all, LessonFilter filter)
    {
        var levels = await AskAsync<EquityLevel>("teacher_equity_benchmark", filter.With("teacher", teacher));
        var expected = new List<(string Level, string Id, List<SessionRow> Rows)>();
        if (own.Count > 0)
        {
            expected.Add(("teacher", teacher, own));
        }

        expected.AddRange(own.Select(row => row.SchoolId).Distinct().Order().Select(id => ("school", id, all.Where(row => row.SchoolId == id).ToList())));
        expected.AddRange(own.Select(row => row.DistrictId).Distinct().Order().Select(id => ("district", id, all.Where(row => row.DistrictId == id).ToList())));
        levels.Select(level => (level.Level, level.Id, level.SessionCount)).ShouldBe(expected.Select(level => (level.Level, level.Id, (long)level.Rows.Count)));
        foreach (var (level, of) in levels.Zip(expected))
        {
            var scores = of.Rows.Select(row => row.Equity).ToList();
            level.AvgEquityScore.ShouldBe(Statistics.Average(scores), Tolerance);
            level.MedianEquityScore.ShouldBe(Statistics.Percentile(scores, 0.5));
            level.Q1EquityScore.ShouldBe(Statistics.Percentile(scores, 0.25));
            level.Q3EquityScore.ShouldBe(Statistics.Percentile(scores, 0.75));
            level.EquityScoreStdDev.ShouldBe(Statistics.StandardDeviation(scores), Tolerance);
        }
    }

    private async Task ProgressAsync(string teacher, List<SessionRow> own, LessonFilter filter)
    {
        var found = await AskAsync<TeacherProgress>("teacher_progress_report", filter.With("teacher", teacher));
        Compare(found, _ => 0, own.GroupBy(_ => 0));
        foreach (var progress in found)
        {
            var months = own.GroupBy(row => row.Month()).OrderBy(month => month.Key).Select(month => month.ToList()).ToList();
            progress.FirstDay.ShouldBe(own.Min(row => row.Day()));
            progress.LastDay.ShouldBe(own.Max(row => row.Day()));
            Near(progress.CiqScoreChange, Change(row => row.Ciq));
            Near(progress.EquityScoreChange, Change(row => row.Equity));
            Near(progress.WaitTimeSecondsChange, Change(row => row.Wait));
            Near(progress.StudentEngagementChange, Change(row => row.Engagement));
            Near(progress.CiqScorePerWeek, CoachingStatistics.Slope(own, row => row.Day().DayNumber / 7.0, row => (double)row.Ciq), 1e-7);

            double Change(Func<SessionRow, decimal> of) => Statistics.Average(months[^1].Select(of)) - Statistics.Average(months[0].Select(of));
        }
    }

    private async Task SchoolAsync(string school, List<SessionRow> own, LessonFilter filter)
    {
        var weeks = await AskAsync<SchoolWeek>("school_weekly", filter.With("school", school));
        Compare(weeks, week => week.Week, _asked.ByWeek(own).GroupBy(row => row.Week()));
        weeks.ShouldAllBe(week =>
            week.ActiveTeachers == _rows.Where(row => row.SchoolId == school && row.Week() == week.Week).Select(row => row.TeacherId).Distinct().Count());
    }

    private async Task DistrictAsync(string district, List<SessionRow> own, LessonFilter filter)
    {
        var months = await AskAsync<DistrictMonth>("district_trend", filter.With("district", district));
        Compare(months, month => month.Month, own.GroupBy(row => row.Month()));
        foreach (var month in months)
        {
            var rows = own.Where(row => row.Month() == month.Month).ToList();
            month.ActiveTeachers.ShouldBe(
                _rows.Where(row => row.DistrictId == district && row.Month() == month.Month).Select(row => row.TeacherId).Distinct().Count());
            Near(month.EngagementCiqCorrelation, CoachingStatistics.Correlation(rows, row => row.Engagement, row => row.Ciq));
            Near(month.EngagementWaitTimeCorrelation, CoachingStatistics.Correlation(rows, row => row.Engagement, row => row.Wait));
        }

        var found = await AskAsync<Engagement>("district_engagement", filter.With("district", district));
        var places = own.GroupBy(row => row.SchoolId).OrderBy(group => group.Key).Select(group => ("school", group.Key, Rows: group.ToList())).ToList();
        places.AddRange(own.GroupBy(row => row.DistrictId).Select(group => ("district", group.Key, group.ToList())));
        found.Select(place => (place.Level, place.Id, place.SessionCount)).ShouldBe(places.Select(place => (place.Item1, place.Key, (long)place.Rows.Count)));
        foreach (var (place, of) in found.Zip(places))
        {
            Near(place.EngagementCiqCorrelation, CoachingStatistics.Correlation(of.Rows, row => row.Engagement, row => row.Ciq));
            Near(place.EngagementWaitTimeCorrelation, CoachingStatistics.Correlation(of.Rows, row => row.Engagement, row => row.Wait));
        }

        (await AskAsync<EquityFrequency>("district_equity_distribution", filter.With("district", district)))
            .ShouldBe(own.GroupBy(row => row.Equity).OrderBy(group => group.Key).Select(group => new EquityFrequency((double)group.Key, group.Count())));
        var schools = await AskAsync<SchoolEquity>("district_equity_schools", filter.With("district", district));
        schools.Select(school => (school.Id, school.Name))
            .ShouldBe(own.Select(row => row.SchoolId).Distinct().Order().Select(id => (id, (string?)$"School {id[1..]}")));
        foreach (var school in schools)
        {
            var scores = own.Where(row => row.SchoolId == school.Id).Select(row => row.Equity).ToList();
            school.MedianEquityScore.ShouldBe(Statistics.Percentile(scores, 0.5));
            school.Difference.ShouldBe(Statistics.Average(scores) - Statistics.Average(own.Select(row => row.Equity)), Tolerance);
        }
    }

    private async Task RankingAsync(
        List<SessionRow> rows, string? district, string? state, string measure, Func<SessionRow, decimal> of, LessonFilter filter)
    {
        var expected = rows.GroupBy(row => row.SchoolId).OrderByDescending(school => school.Average(of)).ThenBy(school => school.Key).ToList();
        var found = await PageAsync(0, 100);
        found.Select(school => (school.Place, school.Id, school.SessionCount))
            .ShouldBe(expected.Select((school, n) => (n + 1L, school.Key, (long)school.Count())));
        foreach (var (school, sessions) in found.Zip(expected))
        {
            school.Rank.ShouldBe(1 + expected.Count(other => other.Average(of) > sessions.Average(of)));
            school.Name.ShouldBe($"School {school.Id[1..]}");
            school.AvgStudentEngagement.ShouldBe(Statistics.Average(sessions.Select(row => row.Engagement)), Tolerance);
            school.ActiveTeachers.ShouldBe(_asked.ByMonth(_rows).Where(row => row.SchoolId == school.Id).Select(row => row.TeacherId).Distinct().Count());
        }

        (await PageAsync(1, 1)).Select(school => school.Id).ShouldBe(found.Skip(1).Take(1).Select(school => school.Id));

        Task<IReadOnlyList<RankedSchool>> PageAsync(uint after, uint size)
        {
            var parameters = filter.With("district", district);
            parameters.Add("state", state);
            parameters.Add("measure", measure);
            parameters.Add("after", after);
            parameters.Add("page_size", size);
            return AskAsync<RankedSchool>("school_comparison", parameters);
        }
    }

    private static void Compare<T, TKey>(IReadOnlyList<T> found, Func<T, TKey> key, IEnumerable<IGrouping<TKey, SessionRow>> groups)
        where T : LessonMeasures
    {
        var expected = groups.OrderBy(group => group.Key).ToList();
        found.Select(key).ShouldBe(expected.Select(group => group.Key));
        foreach (var (row, of) in found.Zip(expected))
        {
            row.SessionCount.ShouldBe(of.Count());
            row.TotalMinutes.ShouldBe(of.Sum(session => session.Seconds) / 60.0, Tolerance);
            row.AvgStudentCount.ShouldBe(of.Average(session => session.Students), Tolerance);
            row.AvgCiqScore.ShouldBe(Statistics.Average(of.Select(session => session.Ciq)), Tolerance);
            row.CiqScoreStdDev.ShouldBe(Statistics.StandardDeviation([.. of.Select(session => session.Ciq)]), Tolerance);
            row.AvgEquityScore.ShouldBe(Statistics.Average(of.Select(session => session.Equity)), Tolerance);
            row.MedianEquityScore.ShouldBe(Statistics.Percentile(of.Select(session => session.Equity), 0.5));
            row.AvgWaitTimeSeconds.ShouldBe(Statistics.Average(of.Select(session => session.Wait)), Tolerance);
            row.AvgStudentEngagement.ShouldBe(Statistics.Average(of.Select(session => session.Engagement)), Tolerance);
            row.AvgTeacherTalkRatio.ShouldBe(Statistics.Average(of.Select(session => session.Talk)), Tolerance);
            var asked = of.Sum(session => session.Open + session.Closed);
            Near(row.OpenQuestionShare, asked == 0 ? null : (double)of.Sum(session => session.Open) / asked);
        }
    }

    private static void Near(double? found, double? expected, double tolerance = Tolerance)
    {
        found.HasValue.ShouldBe(expected.HasValue);
        (found ?? 0).ShouldBe(expected ?? 0, tolerance);
    }

    private Task<IReadOnlyList<T>> AskAsync<T>(string query, ClickHouseParameters parameters) =>
        client.QueryAsync<T>(WarehouseQuery.Of("coaching", query).With(_asked.AddTo(parameters, generation)), cancellationToken);
}
