using Andi.Cli.Seed.Schools;

namespace Andi.Cli.Seed.Assessments;

/// <summary>Districts, schools, teachers, students, tests, their scores, and the corrections of some of them.</summary>
internal sealed class AssessmentsSeed : SeedArea
{
    public override string Name => "assessments";

    public override IReadOnlyList<SeedFile> Files(int students, ulong seed)
    {
        var system = new SchoolSystem(students, seed);
        var names = new NamePool(seed);
        var scores = new ScoreRows(system, new ScoreModel(system, seed));
        return
        [
            SeedFile.Entities("districts", "districtId,name,stateId", system.Districts.Count, (index, csv) => csv
                .DistrictId(index).Quoted($"{names.City((ulong)index)} School District").Plain(system.Districts[index].State)),
            SeedFile.Entities("schools", "schoolId,name,districtId", system.Schools.Count, (index, csv) => csv
                .SchoolId(index).Quoted($"{names.Last((ulong)index)} School").DistrictId(system.Schools[index].District)),
            SeedFile.Entities("teachers", "teacherId,name,schoolId,email", system.Classrooms.Count, (index, csv) => csv
                .TeacherId(index).Quoted(names.Person((ulong)index + Teachers)).SchoolId(system.Classrooms[index].School)
                .Plain($"t{index}@schools.example")),
            SeedFile.Entities("students", "studentId,name,grade,schoolId", system.Students, (index, csv) => WriteStudent(system, names, index, csv)),
            SeedFile.Entities("tests", "testId,name,subject,maxScore", TestPlan.Tests.Count, (index, csv) => csv
                .Plain(TestPlan.Tests[index].Id).Quoted(TestPlan.Tests[index].Name).Plain(TestPlan.Tests[index].Subject).Number(TestPlan.Tests[index].MaxScore)),
            // Kept where they are there already, corrected or not: a seed that runs again changes nothing.
            Scores("scores", "keep", (index, csv) => scores.Write(index, csv, corrected: false)),
            Scores("corrections", "upsert", (index, csv) => scores.Write(index, csv, corrected: true)),
        ];

        SeedFile Scores(string title, string mode, Func<long, CsvBuffer, bool> write) => new()
        {
            Title = title,
            Entity = "scores",
            Mode = mode,
            Header = ScoreRows.Header,
            Count = scores.Count,
            Write = write,
        };
    }

    private const ulong Teachers = 1UL << 40;
    private const ulong Students = 2UL << 40;

    private static CsvBuffer WriteStudent(SchoolSystem system, NamePool names, int index, CsvBuffer csv)
    {
        var classroom = system.Classrooms[system.ClassroomOf(index)];
        return csv.StudentId(index).Quoted(names.Person((ulong)index + Students)).Number(classroom.Grade).SchoolId(classroom.School);
    }
}

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
