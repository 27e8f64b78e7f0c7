namespace Andi.IntegrationTests.Warehouse.Assessments;

/// <summary>A row of PostgreSQL's table scores, as the tests know it.</summary>
internal sealed record ScoreRow(
    string ScoreId,
    string StudentId,
    string TeacherId,
    string TestId,
    string SchoolYear,
    DateOnly TestDate,
    string Status,
    decimal? OverallScore,
    int? Level,
    IReadOnlyDictionary<string, decimal> Dimensions,
    string SchoolId,
    string DistrictId,
    string StateId,
    string Grade)
{
    /// <summary>The first day of the oldest month that counts.</summary>
    public static DateOnly OldestMonth
    {
        get
        {
            var fiveYearsAgo = DateOnly.FromDateTime(DateTime.UtcNow).AddYears(-5);
            return new DateOnly(fiveYearsAgo.Year, fiveYearsAgo.Month, 1);
        }
    }

    public bool Counts => TestDate >= OldestMonth;
}
