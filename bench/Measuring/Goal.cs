using System.Text.Json.Serialization;

namespace Andi.Bench.Measuring;

/// <summary>Figures that have a target. The median of the runs decides.</summary>
/// <param name="Figures">What was measured, mostly a ratio.</param>
/// <param name="Target">In the same unit.</param>
/// <param name="IsCeiling">Whether the figure should be at most the target; else at least.</param>
internal sealed record Goal(Figures Figures, double Target, bool IsCeiling)
{
    [JsonIgnore]
    public bool IsMet => IsCeiling ? Figures.Median <= Target : Figures.Median >= Target;

    public static Goal AtLeast(double target, Figures figures) => new(figures, target, IsCeiling: false);

    public static Goal AtMost(double target, Figures figures) => new(figures, target, IsCeiling: true);
}
