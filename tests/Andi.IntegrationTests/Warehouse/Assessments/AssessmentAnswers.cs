using Andi.AnalyticsApi.Areas.Assessments;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.Warehouse;
using Andi.Warehouse.Client;

namespace Andi.IntegrationTests.Warehouse.Assessments;

/// <summary>Asks the named queries of the area and compares every answer with a computation from the rows.</summary>
internal sealed class AssessmentAnswers(ClickHouseClient client, uint generation, IReadOnlyCollection<ScoreRow> allRows, CancellationToken cancellationToken)
{
    private const double Tolerance = 1e-9;

    private readonly IReadOnlyList<ScoreRow> _rows = [.. allRows.Where(row => row.Counts)];

    /// <summary>Every filter that a question of the area takes: the newest year, all years, one; all tests, one.</summary>
    public static readonly (string? Year, string? Test)[] Filters =
        [(null, null), ("2025-2026", "X1"), ("all", null), (null, "X0"), ("2024-2025", null), ("all", "X2")];

    private static readonly Dictionary<string, Test> Tests = new[]
    {
        new Test("X0", "", "", 0, 100, 2, [new("Excellent", 90), new("Good", 80), new("Fair", 70), new("Needs improvement", 0)], []),
        new Test("X1", "", "", 100, 350, 0, [], []),
        new Test("X2", "", "", -10, 99_999.9999m, 4, [new("High", 100.0001m), new("Low", -10)], []),
    }.ToDictionary(test => test.Id);

    public async Task ShouldBeTrueAsync(IReadOnlyList<(string? Year, string? Test)> filters)
    {
        foreach (var (year, test) in filters)
        {
            var filter = new ScoreFilter { SchoolYear = year, TestId = test };
            var rows = _rows.Where(row => (year is null or "all" || row.SchoolYear == year) && (test is null || row.TestId == test)).ToList();
            await ClassroomAsync("T0", rows, filter);
            await SchoolAsync("C1", rows, filter);
            await DistrictAsync("D0", rows, filter);
            await SchoolsOfDistrictAsync("D0", rows, filter);
            await DistrictsOfStateAsync("ST", rows, filter);
            await DimensionsAsync(rows, filter);
            await DistributionsAsync(rows, filter);
            await new PublishedAnswers(client, At, cancellationToken).ShouldBeTrueAsync(rows, filter);
        }

        await new YearByYearAnswers(client, At, _rows, cancellationToken).ShouldBeTrueAsync();
        await SchoolYearsAsync();
        foreach (var student in Enumerable.Range(0, 12).Select(n => $"P{n}"))
        {
            await StudentAsync(student);
        }
    }

    /// <summary>What the question is about, of those that it could be about: without a year the newest.</summary>
    private static List<ScoreRow> Chosen(IEnumerable<ScoreRow> rows, ScoreFilter filter)
    {
        var all = rows.ToList();
        return filter.SchoolYear is null ? [.. all.Where(row => row.SchoolYear == all.Max(other => other.SchoolYear))] : all;
    }

    private static List<ScoreRow> Scored(IEnumerable<ScoreRow> rows) => [.. rows.Where(row => row.Status == "scored")];

    private async Task ClassroomAsync(string teacher, List<ScoreRow> rows, ScoreFilter filter)
    {
        var found = await AskAsync<ClassroomTestRow>("classroom_scores", "teacher", teacher, filter);
        var answer = filter.Choose(ClassroomTestRow.ByTest(found), row => row.SchoolYear!).Rows
            .Select(row => ClassroomScores.Of(new Teacher(teacher, "", ""), Tests[row.TestId], row)).ToList();
        var classroom = Chosen(rows.Where(row => row.TeacherId == teacher), filter);
        var expected = classroom.GroupBy(row => (row.SchoolYear, row.TestId)).OrderBy(group => group.Key).ToList();
        answer.Select(row => (row.SchoolYear!, row.TestId)).ShouldBe(expected.Select(group => group.Key));
        foreach (var (row, group) in answer.Zip(expected))
        {
            var scores = Scored(group).ConvertAll(score => score.OverallScore!.Value);
            row.StudentCount.ShouldBe(scores.Count);
            row.ExemptCount.ShouldBe(group.Count(score => score.Status == "exempt"));
            row.AbsentCount.ShouldBe(group.Count(score => score.Status == "absent"));
            row.InvalidatedCount.ShouldBe(group.Count(score => score.Status == "invalidated"));
            ShouldBeNear(row.AvgScore, scores.Count == 0 ? null : Statistics.Average(scores));
            ShouldBeNear(row.AvgPerformanceLevel, group.Average(score => score.Level));
            row.MedianScore.ShouldBe(scores.Count == 0 ? null : Statistics.Percentile(scores, 0.5));
            row.MinScore.ShouldBe(scores.Count == 0 ? null : (double)scores.Min());
            row.MaxScore.ShouldBe(scores.Count == 0 ? null : (double)scores.Max());
            ShouldBeNear(row.ScoreStdDev, scores.Count == 0 ? null : Statistics.StandardDeviation(scores));
            long?[] counts = row.TestId switch
            {
                "X0" => [scores.Count(score => score >= 90), scores.Count(score => score is >= 80 and < 90),
                    scores.Count(score => score is >= 70 and < 80), scores.Count(score => score < 70)],
                "X2" => [scores.Count(score => score >= 100.0001m), scores.Count(score => score < 100.0001m), null, null],
                _ => [null, null, null, null],
            };
            new[] { row.ExcellentCount, row.GoodCount, row.FairCount, row.NeedsImprovementCount }.ShouldBe(counts);
            row.Bands.Select(band => band.Count).ShouldBe(counts.Where(count => count is not null));
        }

        var students = (await new StudentsOfClassroom(client).AskAsync(
            filter, () => Parameters("teacher", teacher, filter), Task.FromResult, cancellationToken)).Rows;
        students.Count.ShouldBe(classroom.Count);
        var left = classroom.ToList();
        foreach (var student in students)
        {
            var row = left.First(row => row.ScoreId == student.ScoreId && row.StudentId == student.StudentId
                && row.TestId == student.TestId && row.SchoolYear == student.SchoolYear
                && row.Status == student.Status
                && (double?)row.OverallScore == student.OverallScore && row.Level == student.OverallPerformanceLevel && Same(row, student.DimensionScores)
                && Near(student.SchoolAvg, Peers(row, peer => peer.SchoolId == row.SchoolId && peer.Grade == row.Grade))
                && Near(student.DistrictAvg, Peers(row, peer => peer.DistrictId == row.DistrictId && peer.Grade == row.Grade))
                && Near(student.ClassroomAvg, Peers(row, peer => peer.TeacherId == row.TeacherId)));
            left.Remove(row);
        }
    }

    private async Task SchoolAsync(string school, List<ScoreRow> rows, ScoreFilter filter)
    {
        var answer = filter.Choose(await AskAsync<SchoolGradeScores>("school_scores", "school", school, filter), row => row.SchoolYear).Rows;
        var expected = ByGrade(rows.Where(row => row.SchoolId == school), filter);
        answer.Select(row => (row.SchoolYear, row.TestId, row.Grade)).ShouldBe(expected.Select(group => group.Key));
        foreach (var (row, group) in answer.Zip(expected))
        {
            var scores = Scored(group).ConvertAll(score => score.OverallScore!.Value);
            row.StudentCount.ShouldBe(scores.Count);
            new[] { row.ExemptCount, row.AbsentCount, row.InvalidatedCount }.ShouldBe(WithoutScore(group));
            ShouldBeNear(row.AvgScore, scores.Count == 0 ? null : Statistics.Average(scores));
            row.MedianScore.ShouldBe(scores.Count == 0 ? null : Statistics.Percentile(scores, 0.5));
            ShouldBeNear(row.ScoreStdDev, scores.Count == 0 ? null : Statistics.StandardDeviation(scores));
        }
    }

    private async Task DistrictAsync(string district, List<ScoreRow> rows, ScoreFilter filter)
    {
        var answer = filter.Choose(await AskAsync<DistrictGradeScores>("district_scores", "district", district, filter), row => row.SchoolYear).Rows;
        var expected = ByGrade(rows.Where(row => row.DistrictId == district), filter);
        answer.Select(row => (row.SchoolYear, row.TestId, row.Grade)).ShouldBe(expected.Select(group => group.Key));
        foreach (var (row, group) in answer.Zip(expected))
        {
            var scores = Scored(group).ConvertAll(score => score.OverallScore!.Value);
            row.StudentCount.ShouldBe(scores.Count);
            new[] { row.ExemptCount, row.AbsentCount, row.InvalidatedCount }.ShouldBe(WithoutScore(group));
            ShouldBeNear(row.AvgScore, scores.Count == 0 ? null : Statistics.Average(scores));
            row.MedianScore.ShouldBe(scores.Count == 0 ? null : Statistics.Percentile(scores, 0.5));
            row.Q1Score.ShouldBe(scores.Count == 0 ? null : Statistics.Percentile(scores, 0.25));
            row.Q3Score.ShouldBe(scores.Count == 0 ? null : Statistics.Percentile(scores, 0.75));
        }
    }

    private static List<IGrouping<(string, string, string), ScoreRow>> ByGrade(IEnumerable<ScoreRow> rows, ScoreFilter filter) =>
        [.. Chosen(rows, filter).GroupBy(row => (row.SchoolYear, row.TestId, row.Grade)).OrderBy(group => group.Key)];

    private static long?[] WithoutScore(IEnumerable<ScoreRow> rows) =>
        [.. new[] { "exempt", "absent", "invalidated" }.Select(status => (long?)rows.LongCount(row => row.Status == status))];

    private async Task SchoolsOfDistrictAsync(string district, List<ScoreRow> rows, ScoreFilter filter)
    {
        var answer = await client.ReadAsync(
            WarehouseQuery.Of("assessments", "district_school_values").With(Parameters("district", district, filter)),
            values => new PlaceValues().Add(values).Compared(), cancellationToken);
        ShouldCompare(filter.Choose(answer, row => row.SchoolYear).Rows, rows.Where(row => row.DistrictId == district), filter, row => row.SchoolId);
    }

    private async Task DistrictsOfStateAsync(string state, List<ScoreRow> rows, ScoreFilter filter)
    {
        var districts = new DistrictsOfState(client);
        foreach (var answer in new[]
        {
            (await districts.AskAsync(filter, () => Parameters("state", state, filter), cancellationToken)).Rows,
            (await districts.AskAsync(filter, () => Parameters("state", state, filter), cancellationToken)).Rows,
            filter.Choose(await districts.AllAsync(Parameters("state", state, filter), cancellationToken), row => row.SchoolYear).Rows,
        })
        {
            ShouldCompare(answer, rows.Where(row => row.StateId == state), filter, row => row.DistrictId);
        }
    }

    private static void ShouldCompare(IEnumerable<PlaceInTest> answer, IEnumerable<ScoreRow> rows, ScoreFilter filter, Func<ScoreRow, string> place)
    {
        var expected = Chosen(Scored(rows), filter).GroupBy(row => (Place: place(row), row.TestId, row.SchoolYear)).OrderBy(group => group.Key).ToList();
        var ordered = answer.OrderBy(row => (row.PlaceId, row.TestId, row.SchoolYear)).ToList();
        ordered.Select(row => (row.PlaceId, row.TestId, row.SchoolYear)).ShouldBe(expected.Select(group => group.Key));
        foreach (var (row, group) in ordered.Zip(expected))
        {
            row.Count.ShouldBe(group.Count());
            row.Average.ShouldBe(Statistics.Average(group.Select(score => score.OverallScore!.Value)), Tolerance);
            row.Median.ShouldBe(Statistics.Percentile(group.Select(score => score.OverallScore!.Value), 0.5));
        }
    }

    private async Task DimensionsAsync(List<ScoreRow> rows, ScoreFilter filter)
    {
        (string Level, string Id, Func<ScoreRow, string> Of)[] levels =
            [("classroom", "T1", row => row.TeacherId), ("school", "C0", row => row.SchoolId), ("district", "D1", row => row.DistrictId)];
        foreach (var (level, id, of) in levels)
        {
            var parameters = Parameters("entity", id, filter);
            parameters.Add("level", level);
            var all = await client.QueryAsync<DimensionScores>(WarehouseQuery.Of("assessments", "dimension_scores").With(parameters), cancellationToken);
            var answer = filter.Choose(all, row => row.SchoolYear).Rows;
            var expected = Chosen(rows.Where(row => of(row) == id && row.Dimensions.Count > 0), filter)
                .SelectMany(row => row.Dimensions.Select(d => (Key: (row.SchoolYear, row.TestId, d.Key), d.Value)))
                .GroupBy(d => d.Key, d => d.Value)
                .OrderBy(d => d.Key.SchoolYear).ThenBy(d => d.Key.TestId).ThenBy(d => d.Key.Key, StringComparer.Ordinal).ToList();
            answer.Select(row => (row.SchoolYear, row.TestId, row.Dimension)).ShouldBe(expected.Select(group => group.Key));
            foreach (var (row, group) in answer.Zip(expected))
            {
                row.StudentCount.ShouldBe(group.Count());
                ShouldBeNear(row.AvgScore, Statistics.Average(group));
                row.MedianScore.ShouldBe(Statistics.Percentile(group, 0.5));
            }
        }
    }

    private async Task DistributionsAsync(List<ScoreRow> rows, ScoreFilter filter)
    {
        (string Level, string Parameter, string Id, Func<ScoreRow, string> Of)[] levels =
        [
            ("classroom", "teacher", "T2", row => row.TeacherId), ("school", "school", "C2", row => row.SchoolId),
            ("district", "district", "D0", row => row.DistrictId), ("state", "state", "ST", row => row.StateId),
        ];
        foreach (var (level, parameter, id, of) in levels)
        {
            var answer = await client.ReadAsync(
                WarehouseQuery.Of("assessments", $"{level}_distribution").With(Parameters(parameter, id, filter)), ScoreDistribution.Read, cancellationToken);
            filter.Choose(answer, row => row.SchoolYear).Rows.ShouldBe(
                Chosen(Scored(rows.Where(row => of(row) == id)), filter).GroupBy(row => (row.SchoolYear, row.TestId, row.OverallScore!.Value))
                    .OrderBy(group => group.Key)
                    .Select(group => new ScoreFrequency(group.Key.SchoolYear, group.Key.TestId, (double)group.Key.Value, group.Count())));
        }
    }

    private async Task SchoolYearsAsync()
    {
        var years = Scored(_rows).Select(row => row.SchoolYear).Distinct().OrderDescending(StringComparer.Ordinal).ToList();
        var list = WarehouseQuery.Of("assessments", "school_year_list");
        var found = await client.QueryAsync<ListedSchoolYear>(
            list.With(At(new() { { "continued", false }, { "after_year", "" }, { "page_size", 10u } })), cancellationToken);
        found.Select(row => row.SchoolYear).ShouldBe(years);
        var next = await client.QueryAsync<ListedSchoolYear>(
            list.With(At(new() { { "continued", true }, { "after_year", years[0] }, { "page_size", 1u } })), cancellationToken);
        next.Select(row => row.SchoolYear).ShouldBe(years.Skip(1).Take(1));
    }

    private async Task StudentAsync(string student)
    {
        var query = WarehouseQuery.Of("assessments", "student_scores").With(At(new() { { "student", student } }));
        var answer = await client.QueryAsync<StudentScore>(query, cancellationToken);
        var expected = _rows.Where(row => row.StudentId == student).OrderBy(row => row.TestDate).ThenBy(row => row.TestId)
            .ThenBy(row => row.ScoreId, StringComparer.Ordinal).ToList();
        answer
            .Select(score => (
                score.ScoreId, score.SchoolYear, score.TestDate, score.TestId, score.Grade, score.TeacherId, (score.SchoolId, score.DistrictId),
                score.Status, score.OverallScore, score.OverallPerformanceLevel))
            .ShouldBe(expected.Select(row => (
                row.ScoreId, row.SchoolYear, row.TestDate, row.TestId, row.Grade, row.TeacherId, (row.SchoolId, row.DistrictId),
                row.Status, (double?)row.OverallScore, row.Level)));
        answer.Zip(expected).ShouldAllBe(pair => Same(pair.Second, pair.First.DimensionScores));
        var places = await client.QueryAsync<StudentPlace>(
            WarehouseQuery.Of("assessments", "student_places").With(At(new() { { "student", student } })), cancellationToken);
        places.ShouldBe(expected.Select(row => new StudentPlace(row.TeacherId, row.SchoolId)).Distinct(), ignoreOrder: true);
    }

    private Task<IReadOnlyList<T>> AskAsync<T>(string query, string parameter, string id, ScoreFilter filter) =>
        client.QueryAsync<T>(WarehouseQuery.Of("assessments", query).With(Parameters(parameter, id, filter)), cancellationToken);

    private ClickHouseParameters Parameters(string name, string id, ScoreFilter filter) => At(filter.With(name, id));

    // As the API asks: of one generation, and from the oldest month that counts.
    private ClickHouseParameters At(ClickHouseParameters parameters)
    {
        var oldest = DateTime.UtcNow.AddYears(-5);
        parameters.Add("generation", generation);
        parameters.Add("oldest", new DateOnly(oldest.Year, oldest.Month, 1));
        return parameters;
    }

    private double? Peers(ScoreRow row, Func<ScoreRow, bool> condition)
    {
        var scores = Scored(_rows.Where(peer => peer.TestId == row.TestId && peer.SchoolYear == row.SchoolYear && condition(peer)))
            .ConvertAll(peer => peer.OverallScore!.Value);
        return scores.Count == 0 ? null : Statistics.Average(scores);
    }

    private static bool Near(double? answer, double? expected) => answer is { } value ? Math.Abs(value - expected ?? double.NaN) < Tolerance : expected is null;

    private static void ShouldBeNear(double? answer, double? expected) => Near(answer, expected).ShouldBeTrue($"{answer} is not {expected}");

    private static bool Same(ScoreRow row, IReadOnlyDictionary<string, double> dimensions) =>
        row.Dimensions.Count == dimensions.Count && row.Dimensions.All(d => dimensions.TryGetValue(d.Key, out var value) && value == (double)d.Value);
}
