using System.Globalization;

namespace Andi.Web.Layout;

/// <summary>Figures as the visitor's language writes them.</summary>
internal static class Figures
{
    /// <summary>What stands where there is no figure, and nothing is withheld either.</summary>
    public const string None = "–";

    /// <summary>A count of things.</summary>
    public static string Count(long? value) => value?.ToString("N0", CultureInfo.CurrentCulture) ?? None;

    /// <summary>A score or an average, with one place behind the point where it has any.</summary>
    public static string Score(double? value) => value?.ToString("#,0.#", CultureInfo.CurrentCulture) ?? None;

    /// <summary>An average: always with one place behind the point, so that a column of them lines up.</summary>
    public static string Average(double? value) => value?.ToString("#,0.0", CultureInfo.CurrentCulture) ?? None;

    /// <summary>The same with as many places as are asked for.</summary>
    public static string Fixed(double? value, int places = 2) => value?.ToString($"N{places}", CultureInfo.CurrentCulture) ?? None;

    /// <summary>A part of a whole.</summary>
    /// <param name="value">From 0 to 1.</param>
    public static string Percent(double? value) => value?.ToString("P0", CultureInfo.CurrentCulture) ?? None;

    /// <summary>A difference with its sign: ↑ or ↓ where it is one, so that nobody has to know colours.</summary>
    public static string Difference(double? value) => value is not { } number ? None
        : Math.Round(number, 1) switch
        {
            0 => "±0",
            > 0 => $"↑ {Average(number)}",
            _ => $"↓ {Average(-number)}",
        };

    /// <summary>The class that colours a difference; null for none.</summary>
    public static string? Direction(double? value) => value is not { } number ? null : Math.Round(number, 1) switch { 0 => null, > 0 => "up", _ => "down" };

    public static string Day(DateOnly? day) => day?.ToString("d", CultureInfo.CurrentCulture) ?? None;

    /// <summary>A month, as in <c>March 2026</c>.</summary>
    public static string Month(DateOnly month) => month.ToString("Y", CultureInfo.CurrentCulture);
}
