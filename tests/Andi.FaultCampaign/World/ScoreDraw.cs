using System.Globalization;

namespace Andi.FaultCampaign.World;

/// <summary>A score with values drawn at random, as JSON and as a line of CSV.</summary>
internal sealed record ScoreDraw(
    string? ScoreId, ScoreKey Key, string TeacherId, DateOnly TestDate, decimal OverallScore, int Level, IReadOnlyDictionary<string, decimal> Dimensions)
{
    public const string CsvHeader = "scoreId,studentId,teacherId,testId,schoolYear,testDate,overallScore,overallPerformanceLevel,dimensionScores\n";

    private const int Hundredths = 10_000;

    /// <summary>Of a key, with a teacher and values drawn.</summary>
    public static ScoreDraw Draw(Random random, SchoolWorld world, ScoreKey key, string? scoreId = null)
    {
        var year = int.Parse(key.SchoolYear.AsSpan(0, 4), CultureInfo.InvariantCulture);
        var dimensions = SchoolWorld.Dimensions.Where(_ => random.Next(3) > 0).ToDictionary(name => name, _ => Score(random));
        return new ScoreDraw(
            scoreId,
            key,
            world.Teachers[random.Next(world.Teachers.Count)],
            // Around the end of a month: the warehouse keeps months apart, and a correction must be able to move a score from one to the next.
            new DateOnly(year + 1, 3, 17).AddDays(random.Next(30)),
            Score(random),
            1 + random.Next(4),
            dimensions);
    }

    public static ScoreKey DrawKey(Random random, SchoolWorld world) => new(
        world.Students[random.Next(world.Students.Count)],
        world.Tests[random.Next(world.Tests.Count)],
        SchoolWorld.Years[random.Next(SchoolWorld.Years.Count)]);

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
        overallScore = OverallScore,
        overallPerformanceLevel = Level,
        dimensionScores = Dimensions,
    };

    public string ToCsv()
    {
        var dimensions = string.Join(',', Dimensions.Select(pair => string.Create(CultureInfo.InvariantCulture, $"\"\"{pair.Key}\"\":{pair.Value}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ScoreId},{Key.StudentId},{TeacherId},{Key.TestId},{Key.SchoolYear},{TestDate:O},{OverallScore},{Level},\"{{{dimensions}}}\"\n");
    }

    // A fifth of them at the edges of the bands, where a difference would show.
    private static decimal Score(Random random) => random.Next(5) == 0
        ? new[] { 0m, 69.99m, 70m, 79.99m, 80m, 89.99m, 90m, 100m }[random.Next(8)]
        : random.Next(Hundredths + 1) / 100m;
}
