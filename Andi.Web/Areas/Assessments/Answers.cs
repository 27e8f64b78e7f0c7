namespace Andi.Web.Areas.Assessments;

/// <summary>A test of a school year that a place has scores of.</summary>
/// <param name="Grades">Those of the scores, the lowest first.</param>
public sealed record TestOfPlace(string SchoolYear, string TestId, string? TestName, string? Subject, IReadOnlyList<string> Grades);

/// <summary>How a place did in a test of a year, all grades together.</summary>
/// <param name="ScoreStdDev">Of the whole population.</param>
/// <param name="Suppressed">Why figures are null that are there; null where nothing is withheld.</param>
public sealed record ScoresOfYear(
    string SchoolYear, string TestId, string? TestName, string? Subject, long? StudentCount, double? AvgScore, double? MedianScore, double? ScoreStdDev,
    string? Suppressed);

/// <summary>How a grade of a school or district did in a test of a year.</summary>
/// <param name="ScoreStdDev">Of a school's grade.</param>
/// <param name="Q1Score">Of a district's grade.</param>
/// <param name="Q3Score">Of a district's grade.</param>
public sealed record GradeScores(
    string SchoolYear, string TestId, string? Subject, string Grade, long? StudentCount, long? ExemptCount, long? AbsentCount, double? AvgScore,
    double? MedianScore, double? ScoreStdDev, double? Q1Score, double? Q3Score, string? Suppressed);

/// <summary>How a place within another did in a test of a year.</summary>
/// <param name="Id">Null for those together that are withheld each for itself.</param>
/// <param name="ScoreStdDev">Null where the API says none.</param>
/// <param name="Interval">Of the average; null where the API says none.</param>
public sealed record Compared(
    string? Id, string? Name, string SchoolYear, string TestId, string? Subject, long? TotalStudents, double? AvgScore, double? MedianScore,
    double? ScoreStdDev, Interval? Interval, string? Suppressed);

/// <summary>How often each score was reached.</summary>
/// <param name="Suppressed">Why there are no items; null where nothing is withheld.</param>
public sealed record Distribution(IReadOnlyList<Frequency> Items, string? Suppressed);

public sealed record Frequency(double Score, long Count);

public sealed record DimensionAverage(string Dimension, long? StudentCount, double? AvgScore, string? Suppressed);

/// <summary>A test as the write side knows it.</summary>
/// <param name="Bands">The highest first; empty where it has none.</param>
/// <param name="Levels">The names of the performance levels 1, 2 and so on.</param>
public sealed record TestScale(
    string TestId, string Name, string Subject, double MinScore, double MaxScore, int Decimals, IReadOnlyList<Band> Bands, IReadOnlyList<string> Levels)
{
    public (double Low, double High) Ends => (MinScore, MaxScore);

    /// <summary>The smallest difference of two scores, as a number field takes it.</summary>
    public string Step => Decimals == 0 ? "1" : $"0.{new string('0', Decimals - 1)}1";

    /// <summary>Whether points of the two can be compared.</summary>
    public bool IsLike(TestScale other) => Subject == other.Subject && Ends == other.Ends;
}
