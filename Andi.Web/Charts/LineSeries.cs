namespace Andi.Web.Charts;

/// <param name="Name">As the legend names it.</param>
/// <param name="Values">One for every step of the chart; null where there is none.</param>
public sealed record LineSeries(string Name, IReadOnlyList<double?> Values);
