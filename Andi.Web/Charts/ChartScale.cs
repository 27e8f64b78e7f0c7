using System.Globalization;

namespace Andi.Web.Charts;

/// <summary>
/// Where values lie in a picture: from <paramref name="Low"/> at <paramref name="Start"/> to <paramref name="High"/> at <paramref name="End"/>.
/// </summary>
/// <param name="Start">In the picture's units.</param>
/// <param name="End">In the picture's units; less than <paramref name="Start"/> where values grow upwards.</param>
internal sealed record ChartScale(double Low, double High, double Start, double End)
{
    private static readonly double[] Steps = [1, 2, 2.5, 5, 10];

    /// <summary>A scale over all values, from and to round ones.</summary>
    /// <param name="fromZero">Whether it starts at zero, as counts do.</param>
    public static ChartScale Over(IEnumerable<double> values, double start, double end, bool fromZero)
    {
        var all = values.DefaultIfEmpty(0).ToList();
        var (low, high) = (fromZero ? 0 : all.Min(), all.Max());
        if (high <= low)
        {
            (low, high) = (fromZero ? 0 : low - 1, low + 1);
        }

        var step = Step(high - low);
        return new(Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, start, end);
    }

    /// <summary>Where a value lies.</summary>
    public double At(double value) => Start + (value - Low) / (High - Low) * (End - Start);

    /// <summary>Round values to label, some five of them.</summary>
    public IEnumerable<double> Ticks()
    {
        var step = Step(High - Low);
        for (var value = Math.Ceiling(Low / step) * step; value <= High + step / 1000; value += step)
        {
            yield return Math.Round(value, 6);
        }
    }

    /// <summary>A coordinate as SVG takes it, whatever the visitor's language.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>
    /// Across a picture places are parts of its width: it is drawn for every width, and its texts stay as large as they are.
    /// </summary>
    public static string Percent(double value) => $"{Number(value)}%";

    private static double Step(double span)
    {
        var rough = span / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return Steps.First(step => step * power >= rough - power / 1000) * power;
    }
}
