using System.Text.Json.Serialization;

namespace Andi.Bench.Measuring;

/// <summary>One thing, measured several times.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">Of the values, for instance <c>changes/s</c>, <c>ms</c>.</param>
/// <param name="Values">In the order of the runs; never empty.</param>
internal sealed record Figures(string Name, string Unit, IReadOnlyList<double> Values)
{
    [JsonIgnore]
    public double Min => Values.Min();

    [JsonIgnore]
    public double Max => Values.Max();

    /// <summary>Of an even number of values the mean of the middle two.</summary>
    [JsonIgnore]
    public double Median
    {
        get
        {
            double[] sorted = [.. Values.Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    /// <summary>Run by run, this divided by the other.</summary>
    public Figures Over(Figures other, string name) => new(name, "×", [.. Values.Zip(other.Values, (value, over) => value / over)]);
}
