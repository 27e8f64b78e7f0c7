namespace Andi.Bench.Measuring;

/// <summary>What a part found.</summary>
/// <param name="Measured">The raw figures, floors and peers among them.</param>
/// <param name="Goals">The ratios that have a target.</param>
/// <param name="Notes">What a reader must know to judge the figures: sizes, what was left out and why. Markdown, a paragraph each.</param>
internal sealed record PartResult(IReadOnlyList<Figures> Measured, IReadOnlyList<Goal> Goals, IReadOnlyList<string> Notes);

/// <summary>A part's result as it is kept beside RESULTS.md.</summary>
/// <param name="Part">Its name.</param>
/// <param name="Question">What it compares.</param>
/// <param name="MeasuredAt">When it ended.</param>
/// <param name="Took">How long it ran.</param>
/// <param name="Machine">On what.</param>
/// <param name="Result">The figures.</param>
internal sealed record KeptResult(string Part, string Question, DateTimeOffset MeasuredAt, TimeSpan Took, string Machine, PartResult Result);
