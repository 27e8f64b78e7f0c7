namespace Andi.Web.Charts;

/// <summary>A row of a bar chart.</summary>
/// <param name="Value">Null where it is withheld, or there is none.</param>
/// <param name="Low">Where the interval of the value begins; null where it has none.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Note">In place of the value: why there is none.</param>
/// <param name="Href">Null where the row is no link.</param>
/// <param name="Beside">What this row alone is compared with, such as the year before; null for nothing.</param>
public sealed record BarRow(
    string Name, double? Value, double? Low = null, double? High = null, string? Note = null, string? Href = null, double? Beside = null);
