using Andi.Cli.Seed.Schools;
using Andi.Warehouse.Client;

namespace Andi.Cli.Seed.Assessments;

/// <summary>Tests, the scores of the students, and the corrections of some of them.</summary>
internal sealed class AssessmentsArea : SubjectArea
{
    public override string Name => "assessments";

    public override IReadOnlyList<string> DependsOn => ["schools"];

    public override IReadOnlyList<SeedFile> Files(int students, ulong seed)
    {
        var system = new SchoolSystem(students, seed);
        var scores = new ScoreRows(system, new ScoreModel(system, seed));
        return
        [
            SeedFile.Entities("tests", "testId,name,subject,minScore,maxScore,decimals", TestPlan.Tests.Count, (index, csv) => csv
                .Plain(TestPlan.Tests[index].Id).Quoted(TestPlan.Tests[index].Name).Plain(TestPlan.Tests[index].Subject)
                .Number(TestPlan.Tests[index].MinScore).Number(TestPlan.Tests[index].MaxScore).Number(TestPlan.Tests[index].Decimals)),
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

    public override async Task<IReadOnlyList<ReadQuestion>> QuestionsAsync(ClickHouseClient warehouse, CancellationToken cancellationToken) =>
        await ScoreQuestions.FromAsync(warehouse, cancellationToken);

    public override async Task<LoadWrites?> PrepareWritesAsync(HttpClient http, int clients, CancellationToken cancellationToken) =>
        await ScoreLoad.MakeAsync(http, clients, cancellationToken);
}

/// <summary>
/// Three tests a year, one per subject, in autumn, winter and spring, for three school years. Two are in percent, that of reading is on a
/// scale from 100 to 300.
/// </summary>
internal static class TestPlan
{
    public static readonly IReadOnlyList<Test> Tests =
    [
        new("MATH", "Mathematics assessment", SchoolPlan.Subjects[0], 0, 100, 1, 10, 12, ["numberSense", "algebra", "geometry", "dataAnalysis"]),
        new("READ", "Reading assessment", SchoolPlan.Subjects[1], 100, 300, 0, 1, 19, ["vocabulary", "comprehension", "analysis"]),
        new("SCI", "Science assessment", SchoolPlan.Subjects[2], 0, 100, 1, 5, 4, ["inquiry", "physicalScience", "lifeScience", "earthScience"]),
    ];

    /// <summary>All dimensions of all tests, in the order of the file's columns.</summary>
    public static readonly IReadOnlyList<string> Dimensions = [.. Tests.SelectMany(test => test.Dimensions)];

    /// <summary>Sittings of every student: a test in a year.</summary>
    public static int Sittings => SchoolPlan.Years * Tests.Count;

    /// <summary>Sittings in the order of time.</summary>
    public static (int Year, int Test) Sitting(int index) => (SchoolPlan.FirstYear + (index / Tests.Count), index % Tests.Count);

    /// <param name="Month">Of the first day of testing; schools follow within ten days. Months before July are in the year that the school year ends
    /// in.</param>
    internal sealed record Test(
        string Id, string Name, string Subject, int MinScore, int MaxScore, int Decimals, int Month, int Day, IReadOnlyList<string> Dimensions)
    {
        /// <summary>Whether scores are in percent; else one point of the scale is half a percent.</summary>
        public bool IsInPercent => MinScore == 0;

        public DateOnly FirstDay(int year) => new(Month < 7 ? year + 1 : year, Month, Day);
    }
}
