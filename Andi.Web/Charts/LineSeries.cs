namespace Andi.Web.Charts;

/// <param name="Name">As the legend names it.</param>
/// <param name="Values">One for every step of the chart; null where there is none.</param>
/// <param name="Notes">In place of a value that is null: why there is none; null where nothing is to be said.</param>
public sealed record LineSeries(string Name, IReadOnlyList<double?> Values, IReadOnlyList<string?>? Notes = null);
