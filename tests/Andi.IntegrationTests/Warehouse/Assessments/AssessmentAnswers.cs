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

    /// <summary>Every filter that a question of the area takes: none, both, one of the two.</summary>
    public static readonly (string? Year, string? Test)[] Filters = [(null, null), ("2025-2026", "X1"), (null, "X0"), ("2024-2025", null)];

    public async Task ShouldBeTrueAsync(IReadOnlyList<(string? Year, string? Test)> filters)
    {
        foreach (var (year, test) in filters)
        {
            var rows = _rows.Where(row => (year is null || row.SchoolYear == year) && (test is null || row.TestId == test)).ToList();
            await ClassroomAsync("T0", rows, year, test);
            await SchoolAsync("C1", rows, year, test);
            await DistrictAsync("D0", rows, year, test);
            await SchoolsOfDistrictAsync("D0", rows, year, test);
            await DistrictsOfStateAsync("ST", rows, year, test);
            await DimensionsAsync(rows, year, test);
            await DistributionsAsync(rows, year, test);
        }

        foreach (var student in Enumerable.Range(0, 12).Select(n => $"P{n}"))
        {
            await StudentAsync(student);
        }
    }

    private async Task ClassroomAsync(string teacher, List<ScoreRow> rows, string? year, string? test)
    {
        var found = await AskAsync<ClassroomTestRow>("classroom_scores", "teacher", teacher, year, test);
        var answer = ClassroomTestRow.ByTest(found).Where(row => row.HasScores)
            .Select(row => ClassroomScores.Of(new Teacher(teacher, "", ""), row.Subject, row)).ToList();
        var expected = rows.Where(row => row.TeacherId == teacher).GroupBy(row => row.TestId).OrderBy(group => group.Key).ToList();
        answer.Select(row => row.TestId).ShouldBe(expected.Select(group => group.Key));
        foreach (var (row, group) in answer.Zip(expected))
        {
            var scores = group.Select(score => score.OverallScore).ToList();
            row.StudentCount.ShouldBe(scores.Count);
            row.AvgScore.ShouldNotBeNull().ShouldBe(Statistics.Average(scores), Tolerance);
            row.AvgPerformanceLevel.ShouldNotBeNull().ShouldBe(group.Average(score => score.Level), Tolerance);
            row.MedianScore.ShouldBe(Statistics.Percentile(scores, 0.5));
            row.MinScore.ShouldBe((double)scores.Min());
            row.MaxScore.ShouldBe((double)scores.Max());
            row.ScoreStdDev.ShouldNotBeNull().ShouldBe(Statistics.StandardDeviation(scores), Tolerance);
            row.ExcellentCount.ShouldBe(scores.Count(score => score >= 90));
            row.GoodCount.ShouldBe(scores.Count(score => score is >= 80 and < 90));
            row.FairCount.ShouldBe(scores.Count(score => score is >= 70 and < 80));
            row.NeedsImprovementCount.ShouldBe(scores.Count(score => score < 70));
        }

        var students = await new StudentsOfClassroom(client).AskAsync(() => Parameters("teacher", teacher, year, test), cancellationToken);
        var classroom = rows.Where(row => row.TeacherId == teacher).ToList();
        students.Count.ShouldBe(classroom.Count);
        var left = classroom.ToList();
        foreach (var student in students)
        {
            var row = left.First(row => row.StudentId == student.StudentId && row.TestId == student.TestId && row.SchoolYear == student.SchoolYear
                && (double)row.OverallScore == student.OverallScore && row.Level == student.OverallPerformanceLevel && Same(row, student.DimensionScores)
                && Near(student.SchoolAvg, Peers(row, peer => peer.SchoolId == row.SchoolId && peer.Grade == row.Grade))
                && Near(student.DistrictAvg, Peers(row, peer => peer.DistrictId == row.DistrictId && peer.Grade == row.Grade))
                && Near(student.ClassroomAvg, Peers(row, peer => peer.TeacherId == row.TeacherId)));
            left.Remove(row);
        }
    }

    private async Task SchoolAsync(string school, List<ScoreRow> rows, string? year, string? test)
    {
        var answer = await AskAsync<SchoolGradeScores>("school_scores", "school", school, year, test);
        var expected = rows.Where(row => row.SchoolId == school).GroupBy(row => (row.Grade, row.Subject)).OrderBy(group => group.Key).ToList();
        answer.Select(row => (row.Grade, row.Subject)).ShouldBe(expected.Select(group => group.Key));
        foreach (var (row, group) in answer.Zip(expected))
        {
            var scores = group.Select(score => score.OverallScore).ToList();
            row.StudentCount.ShouldBe(scores.Count);
            row.AvgScore.ShouldBe(Statistics.Average(scores), Tolerance);
            row.MedianScore.ShouldBe(Statistics.Percentile(scores, 0.5));
            row.ScoreStdDev.ShouldBe(Statistics.StandardDeviation(scores), Tolerance);
        }
    }

    private async Task DistrictAsync(string district, List<ScoreRow> rows, string? year, string? test)
    {
        var answer = await AskAsync<DistrictGradeScores>("district_scores", "district", district, year, test);
        var expected = rows.Where(row => row.DistrictId == district).GroupBy(row => (row.Grade, row.Subject)).OrderBy(group => group.Key).ToList();
        answer.Select(row => (row.Grade, row.Subject)).ShouldBe(expected.Select(group => group.Key));
        foreach (var (row, group) in answer.Zip(expected))
        {
            var scores = group.Select(score => score.OverallScore).ToList();
            row.StudentCount.ShouldBe(scores.Count);
            row.AvgScore.ShouldBe(Statistics.Average(scores), Tolerance);
            row.MedianScore.ShouldBe(Statistics.Percentile(scores, 0.5));
            row.Q1Score.ShouldBe(Statistics.Percentile(scores, 0.25));
            row.Q3Score.ShouldBe(Statistics.Percentile(scores, 0.75));
        }
    }

    private async Task SchoolsOfDistrictAsync(string district, List<ScoreRow> rows, string? year, string? test)
    {
        var answer = await client.ReadAsync(
            WarehouseQuery.Of("assessments", "district_school_values").With(Parameters("district", district, year, test)),
            values => new PlaceValues().Add(values, withSubjects: true).Compared(), cancellationToken);
        ShouldCompare(answer, rows.Where(row => row.DistrictId == district), row => row.SchoolId);
    }

    private async Task DistrictsOfStateAsync(string state, List<ScoreRow> rows, string? year, string? test)
    {
        var districts = new DistrictsOfState(client);
        foreach (var answer in new[]
        {
            await districts.AskAsync(() => Parameters("state", state, year, test), cancellationToken),
            await districts.AskAsync(() => Parameters("state", state, year, test), cancellationToken),
            await districts.AllAsync(Parameters("state", state, year, test), cancellationToken),
        })
        {
            ShouldCompare(answer, rows.Where(row => row.StateId == state), row => row.DistrictId);
        }
    }

    private static void ShouldCompare(IEnumerable<PlaceInTest> answer, IEnumerable<ScoreRow> rows, Func<ScoreRow, string> place)
    {
        var expected = rows.GroupBy(row => (Place: place(row), row.TestId)).OrderBy(group => group.Key).ToList();
        var ordered = answer.OrderBy(row => (row.PlaceId, row.TestId)).ToList();
        ordered.Select(row => (row.PlaceId, row.TestId)).ShouldBe(expected.Select(group => group.Key));
        foreach (var (row, group) in ordered.Zip(expected))
        {
            row.Subject.ShouldBe(group.Max(score => score.Subject));
            row.Count.ShouldBe(group.Count());
            row.Average.ShouldBe(Statistics.Average(group.Select(score => score.OverallScore)), Tolerance);
            row.Median.ShouldBe(Statistics.Percentile(group.Select(score => score.OverallScore), 0.5));
        }
    }

    private async Task DimensionsAsync(List<ScoreRow> rows, string? year, string? test)
    {
        (string Level, string Id, Func<ScoreRow, string> Of)[] levels =
            [("classroom", "T1", row => row.TeacherId), ("school", "C0", row => row.SchoolId), ("district", "D1", row => row.DistrictId)];
        foreach (var (level, id, of) in levels)
        {
            var parameters = Parameters("entity", id, year, test);
            parameters.Add("level", level);
            var answer = await client.QueryAsync<DimensionScores>(WarehouseQuery.Of("assessments", "dimension_scores").With(parameters), cancellationToken);
            var expected = rows.Where(row => of(row) == id).SelectMany(row => row.Dimensions).GroupBy(d => d.Key, d => d.Value)
                .OrderBy(d => d.Key, StringComparer.Ordinal).ToList();
            answer.Select(row => row.Dimension).ShouldBe(expected.Select(group => group.Key));
            foreach (var (row, group) in answer.Zip(expected))
            {
                row.StudentCount.ShouldBe(group.Count());
                row.AvgScore.ShouldBe(Statistics.Average(group), Tolerance);
                row.MedianScore.ShouldBe(Statistics.Percentile(group, 0.5));
            }
        }
    }

    private async Task DistributionsAsync(List<ScoreRow> rows, string? year, string? test)
    {
        (string Level, string Parameter, string Id, Func<ScoreRow, string> Of)[] levels =
        [
            ("classroom", "teacher", "T2", row => row.TeacherId), ("school", "school", "C2", row => row.SchoolId),
            ("district", "district", "D0", row => row.DistrictId), ("state", "state", "ST", row => row.StateId),
        ];
        foreach (var (level, parameter, id, of) in levels)
        {
            var answer = await client.ReadAsync(
                WarehouseQuery.Of("assessments", $"{level}_distribution").With(Parameters(parameter, id, year, test)),
                ScoreDistribution.Read, cancellationToken);
            answer.ShouldBe(rows.Where(row => of(row) == id).GroupBy(row => row.OverallScore).OrderBy(group => group.Key)
                .Select(group => new ScoreFrequency((double)group.Key, group.Count())));
        }
    }

    private async Task StudentAsync(string student)
    {
        var query = WarehouseQuery.Of("assessments", "student_scores").With(At(new() { { "student", student } }));
        var answer = await client.QueryAsync<StudentScore>(query, cancellationToken);
        var expected = _rows.Where(row => row.StudentId == student).OrderBy(row => row.TestDate).ThenBy(row => row.TestId)
            .ThenBy(row => row.ScoreId, StringComparer.Ordinal).ToList();
        answer
            .Select(score => (
                score.ScoreId, score.SchoolYear, score.TestDate, score.TestId, score.Subject, score.Grade, score.TeacherId, score.SchoolId,
                score.OverallScore, score.OverallPerformanceLevel))
            .ShouldBe(expected.Select(row => (
                row.ScoreId, row.SchoolYear, row.TestDate, row.TestId, row.Subject, row.Grade, row.TeacherId, row.SchoolId,
                (double)row.OverallScore, row.Level)));
        answer.Zip(expected).ShouldAllBe(pair => Same(pair.Second, pair.First.DimensionScores));
    }

    private Task<IReadOnlyList<T>> AskAsync<T>(string query, string parameter, string id, string? year, string? test) =>
        client.QueryAsync<T>(WarehouseQuery.Of("assessments", query).With(Parameters(parameter, id, year, test)), cancellationToken);

    private ClickHouseParameters Parameters(string name, string id, string? year, string? test) =>
        At(new() { { name, id }, { "year", year }, { "test", test } });

    // As the API asks: of one generation, and from the oldest month that counts.
    private ClickHouseParameters At(ClickHouseParameters parameters)
    {
        var oldest = DateTime.UtcNow.AddYears(-5);
        parameters.Add("generation", generation);
        parameters.Add("oldest", new DateOnly(oldest.Year, oldest.Month, 1));
        return parameters;
    }

    private double Peers(ScoreRow row, Func<ScoreRow, bool> condition) =>
        Statistics.Average(
            _rows.Where(peer => peer.TestId == row.TestId && peer.SchoolYear == row.SchoolYear && condition(peer)).Select(peer => peer.OverallScore));

    private static bool Near(double? answer, double expected) => answer is { } value && Math.Abs(value - expected) < Tolerance;

    private static bool Same(ScoreRow row, IReadOnlyDictionary<string, double> dimensions) =>
        row.Dimensions.Count == dimensions.Count && row.Dimensions.All(d => dimensions.TryGetValue(d.Key, out var value) && value == (double)d.Value);
}
