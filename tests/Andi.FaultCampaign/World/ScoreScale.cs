using System.Text.Json;

namespace Andi.FaultCampaign.World;

/// <summary>A scale as the campaign gives it to a test.</summary>
/// <param name="Decimals">How many decimal places a score may have.</param>
/// <param name="Bands">The highest first; the last begins at the lower end.</param>
/// <param name="Levels">How many performance levels there are.</param>
internal sealed record ScoreScale(decimal Min, decimal Max, int Decimals, IReadOnlyList<(string Name, decimal From)> Bands, int Levels)
{
    private static readonly (string Name, decimal From)[] Percentages = [("Excellent", 90), ("Good", 80), ("Fair", 70), ("Needs improvement", 0)];

    /// <summary>The scales that the campaign's tests begin with, one after the other.</summary>
    public static readonly IReadOnlyList<ScoreScale> All =
    [
        new(0, 100, 2, Percentages, 4),
        new(100, 350, 0, [], 4),
        new(0, 40, 1, [("High", 30.5m), ("Middle", 12.3m), ("Low", 0)], 5),
        new(-10, 1600, 4, [("Top", 1599.9999m), ("Positive", 0.0001m), ("Zero or less", -10)], 7),
        new(0, 100, 2, Percentages, 4),
    ];

    // The widest that there may be, in the last test: sums of squares of such scores do not fit into 64 bits.
    private static readonly ScoreScale Widest = new(-99_999.9999m, 99_999.9999m, 4, [("Above", 50), ("Below", -99_999.9999m)], 7);

    /// <summary>A scale that takes every score of this one and begins below it, with other bands.</summary>
    public ScoreScale Wider => ReferenceEquals(this, All[^1]) ? Widest : new(
        Min - 20, Max + 50, Math.Min(Decimals + 1, 4), [("New", Max), .. Bands.SkipLast(1), ("Old", Min - 20)], Math.Min(Levels + 1, 7));

    private decimal Unit => new(1, 0, 0, isNegative: false, (byte)Decimals);

    /// <summary>A value anywhere on the scale; a fifth at its ends and at the edges of its bands, where a difference would show.</summary>
    public decimal Draw(Random random)
    {
        if (random.Next(5) == 0)
        {
            decimal[] edges = [Min, Max, .. Bands.SelectMany(band => (decimal[])[band.From, Math.Max(band.From - Unit, Min)])];
            return edges[random.Next(edges.Length)];
        }

        return Min + (random.NextInt64((long)((Max - Min) / Unit) + 1) * Unit);
    }

    /// <summary>As the body of a test.</summary>
    public object ToBody(string name, string subject) => new
    {
        name,
        subject,
        minScore = Min,
        maxScore = Max,
        decimals = Decimals,
        bands = BandBodies,
        levels = LevelNames,
    };

    public string BandsJson => JsonSerializer.Serialize(BandBodies);

    public string LevelsJson => JsonSerializer.Serialize(LevelNames);

    private IEnumerable<object> BandBodies => Bands.Select(band => new { name = band.Name, from = band.From });

    private IEnumerable<string> LevelNames => Enumerable.Range(1, Levels).Select(level => $"Level {level}");
}
