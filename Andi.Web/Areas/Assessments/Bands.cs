using System.Globalization;
using Andi.Web.Layout;

namespace Andi.Web.Areas.Assessments;

/// <summary>A band of a test, and how many scores are in it.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="Count">Null where the visitor is given none.</param>
/// <param name="Share">Where there is no count: between what parts of a whole it is; null where not even that is told.</param>
public sealed record Band(string Name, double From, long? Count = null, BandShare? Share = null);

/// <summary>Bounds of a part of a whole, from 0 to 1.</summary>
public sealed record BandShare(double Low, double High);

/// <summary>The bands of a test, the highest first.</summary>
internal static class Bands
{
    /// <summary>In which band a score is: from 1, the highest; 0 where the test has none.</summary>
    public static int Of(this IReadOnlyList<Band> bands, double score)
    {
        for (var place = 0; place < bands.Count; place++)
        {
            if (score >= bands[place].From)
            {
                return place + 1;
            }
        }

        return bands.Count;
    }

    /// <summary>The name of a score's band; null where the test has none.</summary>
    public static string? NameOf(this IReadOnlyList<Band> bands, double score) => bands.Of(score) is > 0 and var place ? bands[place - 1].Name : null;

    /// <summary>The names with their limits, for a legend.</summary>
    public static IReadOnlyList<string> Legend(this IReadOnlyList<Band> bands) =>
        [.. bands.Select(band => string.Create(CultureInfo.CurrentCulture, $"{band.Name} ≥ {Figures.Score(band.From)}"))];
}
