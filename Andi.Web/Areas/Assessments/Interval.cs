namespace Andi.Web.Areas.Assessments;

/// <summary>Where the average that a group is drawn around lies, in 95 of 100 cases.</summary>
public sealed record Interval(double Low, double High)
{
    private const double StandardErrors = 1.96;

    /// <summary>
    /// From an average, the standard deviation and the number of those it is of; null where one of them is not told, or there are fewer than two.
    /// </summary>
    public static Interval? Of(double? average, double? deviation, long? count) =>
        average is { } middle && deviation is { } spread && count is >= 2 and var number
            ? new(middle - StandardErrors * spread / Math.Sqrt(number), middle + StandardErrors * spread / Math.Sqrt(number))
            : null;

    public bool Overlaps(Interval other) => Low <= other.High && other.Low <= High;
}
