namespace Andi.AnalyticsApi.Disclosure;

/// <summary>Protections that a test switches off one at a time, to see that an attacker then finds something.</summary>
[Flags]
internal enum Protections
{
    None = 0,
    Primary = 1,
    Complementary = 2,
    Hold = 4,
    Coding = 8,
    OwnKnowledge = 16,
    Lattice = 32,
    All = Primary | Complementary | Hold | Coding | OwnKnowledge | Lattice,
}

/// <summary>When values of a group may be shown to who may not see the people in it.</summary>
/// <param name="minimum">Fewest people.</param>
/// <param name="low">The lowest value that there can be.</param>
/// <param name="high">The highest.</param>
/// <param name="on">The protections that are on; all of them, but in tests.</param>
internal sealed class GroupRule(int minimum, int low, int high, Protections on = Protections.All)
{
    /// <summary>An average this near to an end of the scale, as a part of the scale's range, says too much of everybody in the group.</summary>
    private const double End = 0.05;

    /// <summary>As does a standard deviation below this part of the range.</summary>
    private const double Spread = 0.01;

    // Below a fifth of the minimum, or 5 %, a count is shown as "no more than that".
    private const int MinimumByCodedPeople = 5;

    public int Minimum => Has(Protections.Primary) ? minimum : 1;

    /// <summary>A figure that is no sum is rounded to this, so that none is a person's value.</summary>
    public double Rounding => Range / 100;

    private double Range => (double)high - low;

    public bool Has(Protections protection) => (on & protection) != 0;

    /// <summary>Whether number, sum and spread of the values may be told.</summary>
    public bool IsSafe(IReadOnlyCollection<int> values)
    {
        if (values.Count < Minimum)
        {
            return false;
        }

        if (!Has(Protections.Coding))
        {
            return true;
        }

        var average = values.Average();
        var variance = values.Average(value => (value - average) * (value - average));
        return average >= low + (End * Range) && average <= high - (End * Range) && variance >= Spread * Range * Spread * Range;
    }

    /// <summary>Whether the sum of values that came, less those that went, may be told: it is not near what it would be with all at an end.</summary>
    public bool IsSafeChange(IReadOnlyCollection<int> came, IReadOnlyCollection<int> went)
    {
        if (came.Count + went.Count == 0 || !Has(Protections.Coding))
        {
            return true;
        }

        var aboveLowest = came.Sum(value => (double)value - low) + went.Sum(value => (double)high - value);
        var rate = aboveLowest / ((came.Count + went.Count) * Range);
        return rate is >= End and <= 1 - End;
    }

    /// <summary>
    /// What may be told of counts of a whole: of how many each part is, one of a fixed set of ranges, of which the first begins with none and the last ends
    /// with all. Everything from none to all where the ranges together tell more than each.
    /// </summary>
    /// <param name="counts">Of parts that do not overlap and make up the whole.</param>
    public (long Low, long High)[] Coded(IReadOnlyList<long> counts)
    {
        var size = counts.Sum();
        if (!Has(Protections.Coding))
        {
            return [.. counts.Select(count => (count, count))];
        }

        var step = (long)Math.Max(Math.Ceiling(End * size), Math.Ceiling(minimum / (double)MinimumByCodedPeople));
        var ranges = counts.Select(Range).ToArray();
        var (lows, highs) = (ranges.Sum(range => range.Low), ranges.Sum(range => range.High));
        var telling = ranges.Any(range =>
        {
            var least = Math.Max(range.Low, size - (highs - range.High));
            var most = Math.Min(range.High, size - (lows - range.Low));
            return (range.Low == 0 || range.High == size) && most - least < Math.Min(step, size);
        });
        return telling ? [.. counts.Select(_ => (0L, size))] : ranges;

        (long Low, long High) Range(long count)
        {
            if (count <= step)
            {
                return (0, Math.Min(step, size));
            }

            if (count >= size - step)
            {
                return (Math.Max(0, size - step), size);
            }

            var from = count / (step + 1) * (step + 1);
            return (from, Math.Min(from + step, size - step - 1));
        }
    }
}
