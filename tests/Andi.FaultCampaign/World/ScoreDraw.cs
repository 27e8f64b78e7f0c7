using System.Globalization;

namespace Andi.FaultCampaign.World;

/// <summary>A score with values drawn at random, as JSON and as a line of CSV.</summary>
/// <param name="OverallScore">Null unless the status is scored.</param>
internal sealed record ScoreDraw(
    string? ScoreId,
    ScoreKey Key,
    string TeacherId,
    DateOnly TestDate,
    string Status,
    decimal? OverallScore,
    int? Level,
    IReadOnlyDictionary<string, decimal> Dimensions)
{
    public const string CsvHeader = "scoreId,studentId,teacherId,testId,schoolYear,testDate,status,overallScore,overallPerformanceLevel,dimensionScores\n";

    private static readonly string[] WithoutValue = ["exempt", "absent", "invalidated"];

    /// <summary>Of a key, with a teacher and values drawn.</summary>
    public static ScoreDraw Draw(Random random, SchoolWorld world, ScoreKey key, string? scoreId = null)
    {
        var year = int.Parse(key.SchoolYear.AsSpan(0, 4), CultureInfo.InvariantCulture);
        var teacher = world.Teachers[random.Next(world.Teachers.Count)];
        // Around the end of a month: the warehouse keeps months apart, and a correction must be able to move a score from one to the next.
        var date = new DateOnly(year + 1, 3, 17).AddDays(random.Next(30));

        // A tenth has no value; in the newest year a third, so that some groups have nothing else there.
        if (random.Next(key.SchoolYear == SchoolWorld.Years[^1] ? 3 : 10) == 0)
        {
            var status = WithoutValue[random.Next(WithoutValue.Length)];
            return new ScoreDraw(scoreId, key, teacher, date, status, null, null, new Dictionary<string, decimal>());
        }

        // Where a test has got a wider scale, few scores need it, so that it can become narrower again.
        var scale = random.Next(25) == 0 ? world.Scales[key.TestId] : world.FirstScaleOf(key.TestId);
        var dimensions = SchoolWorld.Dimensions.Where(_ => random.Next(3) > 0).ToDictionary(name => name, _ => scale.Draw(random));
        int? level = random.Next(6) == 0 ? null : 1 + random.Next(scale.Levels);
        return new ScoreDraw(scoreId, key, teacher, date, "scored", scale.Draw(random), level, dimensions);
    }

    public static ScoreKey DrawKey(Random random, SchoolWorld world)
    {
        var (test, year) = (world.Tests[random.Next(world.Tests.Count)], SchoolWorld.Years[random.Next(SchoolWorld.Years.Count)]);
        var students = year == SchoolWorld.Years[^1] ? world.EarlyStudents : world.Students;
        return new ScoreKey(students[random.Next(students.Count)], test, year);
    }

    /// <summary>As many different keys as there are, at most.</summary>
    public static IReadOnlyList<ScoreKey> DrawKeys(Random random, SchoolWorld world, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => DrawKey(random, world)).Distinct()];

    public object ToBody() => new
    {
        scoreId = ScoreId,
        studentId = Key.StudentId,
        teacherId = TeacherId,
        testId = Key.TestId,
        schoolYear = Key.SchoolYear,
        testDate = TestDate,
        status = Status,
        overallScore = OverallScore,
        overallPerformanceLevel = Level,
        dimensionScores = Dimensions,
    };

    public string ToCsv()
    {
        var dimensions = string.Join(',', Dimensions.Select(pair => string.Create(CultureInfo.InvariantCulture, $"\"\"{pair.Key}\"\":{pair.Value}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ScoreId},{Key.StudentId},{TeacherId},{Key.TestId},{Key.SchoolYear},{TestDate:O},{Status},{OverallScore},{Level},\"{{{dimensions}}}\"\n");
    }
}
