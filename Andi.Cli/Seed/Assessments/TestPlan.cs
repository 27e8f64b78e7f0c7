namespace Andi.Cli.Seed.Assessments;

/// <summary>Three tests a year, one per subject, in autumn, winter and spring, for three school years.</summary>
internal static class TestPlan
{
    public const int FirstYear = 2023;
    public const int Years = 3;

    public static readonly IReadOnlyList<Test> Tests =
    [
        new("MATH", "Mathematics assessment", "Mathematics", 60, 10, 12, ["numberSense", "algebra", "geometry", "dataAnalysis"]),
        new("READ", "Reading assessment", "Reading", 48, 1, 19, ["vocabulary", "comprehension", "analysis"]),
        new("SCI", "Science assessment", "Science", 50, 5, 4, ["inquiry", "physicalScience", "lifeScience", "earthScience"]),
    ];

    /// <summary>All dimensions of all tests, in the order of the file's columns.</summary>
    public static readonly IReadOnlyList<string> Dimensions = [.. Tests.SelectMany(test => test.Dimensions)];

    /// <summary>Sittings of every student: a test in a year.</summary>
    public static int Sittings => Years * Tests.Count;

    /// <summary>Sittings in the order of time.</summary>
    public static (int Year, int Test) Sitting(int index) => (FirstYear + (index / Tests.Count), index % Tests.Count);

    public static string SchoolYear(int year) => $"{year}-{year + 1}";

    /// <param name="Month">Of the first day of testing; schools follow within ten days. Months before July are in the year that the school year ends in.</param>
    internal sealed record Test(string Id, string Name, string Subject, int MaxScore, int Month, int Day, IReadOnlyList<string> Dimensions)
    {
        public DateOnly FirstDay(int year) => new(Month < 7 ? year + 1 : year, Month, Day);
    }
}
