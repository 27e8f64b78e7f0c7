using Andi.Warehouse;
using Andi.Warehouse.Client;

namespace Andi.Bench.Queries;

/// <summary>One question: to the endpoint, and the same as bare SQL to the engine.</summary>
/// <param name="Path">Of the endpoint, with its query.</param>
/// <param name="Sql">The named query that the endpoint asks; null where it asks several.</param>
/// <param name="Parameters">Of the query.</param>
internal sealed record Asked(string Path, WarehouseQuery? Sql, ClickHouseParameters Parameters)
{
    /// <summary>In which the endpoint reads the answer.</summary>
    public string Format { get; init; } = "JSONEachRow";

    /// <summary>Asks what the endpoint asks, where that is not one query.</summary>
    public Func<BareSql, CancellationToken, Task>? Statements { get; init; }
}

/// <summary>A kind of question.</summary>
/// <param name="Name">In the results.</param>
/// <param name="Make">Makes one of a random one among so many districts, always another.</param>
/// <param name="IsOfOnePlace">About one classroom, school, district or student, whose rows do not become more when there are more districts.</param>
internal sealed record Question(string Name, Func<Random, int, Asked> Make, bool IsOfOnePlace = true)
{
    private const string RowBinary = "RowBinary";

    public const string Classroom = "a classroom in a test and year";
    public const string History = "a student's history";
    public const string State = "a state's districts in a test, year by year";

    /// <summary>Asked as admin by the analytics API.</summary>
    public static IReadOnlyList<Question> All { get; } =
    [
        new(Classroom, (random, districts) =>
        {
            var (teacher, test, year) = ($"T{random.Next(districts * 100) + 1}", TestOf(random), YearOf(random));
            return new($"v1/classrooms/{teacher}/scores?testId={test}&schoolYear={year}", Of("classroom_scores"), At("teacher", teacher, year, test));
        }),
        new("a classroom in all tests", (random, districts) =>
        {
            var teacher = $"T{random.Next(districts * 100) + 1}";
            return new($"v1/classrooms/{teacher}/scores", Of("classroom_scores"), At("teacher", teacher, null, null));
        }),
        new("a classroom's students in a test and year", (random, districts) =>
        {
            var (teacher, test, year) = ($"T{random.Next(districts * 100) + 1}", TestOf(random), YearOf(random));
            return new($"v1/classrooms/{teacher}/students?testId={test}&schoolYear={year}", null, [])
            {
                Statements = (bare, cancellationToken) => bare.Students.AskAsync(
                    new() { SchoolYear = year, TestId = test }, () => At("teacher", teacher, year, test), Task.FromResult, cancellationToken),
            };
        }),
        new("a school in all tests", (random, districts) =>
        {
            var school = $"S{random.Next(districts * 10) + 1}";
            return new($"v1/schools/{school}/scores", Of("school_scores"), At("school", school, null, null));
        }),
        new("a district in a test", (random, districts) =>
        {
            var (district, test) = ($"D{random.Next(districts) + 1}", TestOf(random));
            return new($"v1/districts/{district}/scores?testId={test}", Of("district_scores"), At("district", district, null, test));
        }),
        new("a district's distribution in a test", (random, districts) =>
        {
            var (district, test) = ($"D{random.Next(districts) + 1}", TestOf(random));
            return new($"v1/districts/{district}/distribution?testId={test}", Of("district_distribution"), At("district", district, null, test))
            {
                Format = RowBinary,
            };
        }),
        new("a district's schools in a test", (random, districts) =>
        {
            var (district, test) = ($"D{random.Next(districts) + 1}", TestOf(random));
            return new(
                $"v1/districts/{district}/schools/scores?testId={test}&limit=1000", Of("district_school_values"), At("district", district, null, test))
            {
                Format = RowBinary,
            };
        }),
        new(History, (random, districts) =>
        {
            var student = $"P{random.Next(districts * 3000) + 1}";
            var parameters = At("student", student, null, null);
            return new($"v1/students/{student}/scores", Of("student_scores"), parameters);
        }),
        new(State, (random, _) => StateIn(TestOf(random)), IsOfOnePlace: false),
    ];

    public static Asked StateIn(string test) => new($"v1/states/CA/districts/scores?testId={test}&schoolYear=all&limit=1000", null, [])
    {
        Statements = (bare, cancellationToken) => bare.Districts.AskAsync(
            new() { SchoolYear = "all", TestId = test }, () => At("state", "CA", null, test), cancellationToken),
    };

    private static string TestOf(Random random) => $"M{random.Next(5) + 1}";

    /// <summary>One of the newest two.</summary>
    public static string YearOf(Random random)
    {
        var first = 2025 - random.Next(2);
        return $"{first}-{first + 1}";
    }

    private static WarehouseQuery Of(string name) => WarehouseQuery.Of("assessments", name);

    private static ClickHouseParameters At(string name, string id, string? year, string? test)
    {
        var month = DateTime.UtcNow.AddYears(-5);
        return new ClickHouseParameters
        {
            { name, id }, { "year", year }, { "test", test }, { "generation", 1u }, { "oldest", new DateOnly(month.Year, month.Month, 1) },
        };
    }
}
