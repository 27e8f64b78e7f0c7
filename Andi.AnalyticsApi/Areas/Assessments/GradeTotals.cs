using Andi.Warehouse;
using Andi.Warehouse.Client;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How many scores, and their sum in ten-thousandths.</summary>
internal readonly record struct ScoreTotal(long Scores, long Units)
{
    public double? Average => Scores > 0 ? Units / (Scores * (double)ScoreCounts.Scale) : null;

    public static ScoreTotal operator +(ScoreTotal one, ScoreTotal other) => new(one.Scores + other.Scores, one.Units + other.Units);
}

/// <summary>A grade of a school or of a district, in a test.</summary>
internal readonly record struct GradeInTest(string PlaceId, string SchoolYear, string TestId, string Grade);

/// <summary>A row of school_grade_totals.sql or district_grade_totals.sql.</summary>
/// <param name="Id">Of the school or the district.</param>
/// <param name="Scores">How many; below 0 where they were taken back.</param>
/// <param name="Total">Their sum in ten-thousandths.</param>
internal sealed record GradeTotal(string Id, string SchoolYear, string TestId, string Grade, long Scores, long Total);

/// <summary>What the scores of whole grades come to, beside which a student's stands.</summary>
internal sealed class GradeTotals(ClickHouseClient warehouse)
{
    private static readonly WarehouseQuery Schools = WarehouseQuery.Of(AssessmentsArea.FolderName, "school_grade_totals");
    private static readonly WarehouseQuery Districts = WarehouseQuery.Of(AssessmentsArea.FolderName, "district_grade_totals");

    /// <summary>Of grades of schools. There may be others in the answer.</summary>
    /// <param name="grades">Those that are wanted.</param>
    /// <param name="parameters">Has <c>generation</c> and <c>oldest</c>; the queries' other parameters are added.</param>
    public Task<IReadOnlyDictionary<GradeInTest, ScoreTotal>> OfSchoolsAsync(
        IReadOnlyCollection<GradeInTest> grades, ClickHouseParameters parameters, CancellationToken cancellationToken) =>
        AskAsync(Schools, grades, parameters, cancellationToken);

    /// <summary>As <see cref="OfSchoolsAsync"/>, of grades of districts.</summary>
    public Task<IReadOnlyDictionary<GradeInTest, ScoreTotal>> OfDistrictsAsync(
        IReadOnlyCollection<GradeInTest> grades, ClickHouseParameters parameters, CancellationToken cancellationToken) =>
        AskAsync(Districts, grades, parameters, cancellationToken);

    private async Task<IReadOnlyDictionary<GradeInTest, ScoreTotal>> AskAsync(
        WarehouseQuery query, IReadOnlyCollection<GradeInTest> grades, ClickHouseParameters parameters, CancellationToken cancellationToken)
    {
        var totals = new Dictionary<GradeInTest, ScoreTotal>();
        if (grades.Count == 0)
        {
            return totals;
        }

        parameters.Add("places", grades.Select(grade => grade.PlaceId).Distinct(StringComparer.Ordinal));
        parameters.Add("years", grades.Select(grade => grade.SchoolYear).Distinct(StringComparer.Ordinal));
        parameters.Add("tests", grades.Select(grade => grade.TestId).Distinct(StringComparer.Ordinal));
        parameters.Add("grades", grades.Select(grade => grade.Grade).Distinct(StringComparer.Ordinal));
        foreach (var row in await warehouse.QueryAsync<GradeTotal>(query.With(parameters), cancellationToken))
        {
            var grade = new GradeInTest(row.Id, row.SchoolYear, row.TestId, row.Grade);
            totals[grade] = totals.GetValueOrDefault(grade) + new ScoreTotal(row.Scores, row.Total);
        }

        return totals;
    }
}
