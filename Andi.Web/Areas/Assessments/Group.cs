namespace Andi.Web.Areas.Assessments;

/// <summary>One of several groups that are compared: a grade, a school, a classroom.</summary>
/// <param name="Average">Null where it is withheld.</param>
/// <param name="Before">The average of the year before; null where there is none.</param>
/// <param name="Href">Of its page; null for none.</param>
public sealed record Group(
    string Id, string Name, long? Count, double? Average, double? Median = null, Interval? Interval = null, double? Before = null, string? Href = null)
{
    /// <summary>Since the year before.</summary>
    public double? Change => Average - Before;
}

/// <summary>The two groups that are furthest apart.</summary>
/// <param name="IsClear">Whether their intervals are apart, so that it is hardly chance; null where that is not known.</param>
public sealed record Gap(Group High, Group Low, bool? IsClear)
{
    /// <summary>In a smaller group a single student moves the average by more than a gap means.</summary>
    public const int Smallest = 10;

    public double Points => High.Average!.Value - Low.Average!.Value;

    /// <summary>Null where fewer than two groups are large enough.</summary>
    public static Gap? Of(IEnumerable<Group> groups)
    {
        var large = groups.Where(group => group is { Average: not null, Count: >= Smallest }).ToList();
        if (large.Count < 2)
        {
            return null;
        }

        var (high, low) = (large.MaxBy(group => group.Average)!, large.MinBy(group => group.Average)!);
        return high == low ? null : new(high, low, high.Interval is { } one && low.Interval is { } other ? !one.Overlaps(other) : null);
    }
}
