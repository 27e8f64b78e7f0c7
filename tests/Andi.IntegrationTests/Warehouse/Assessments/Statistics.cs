namespace Andi.IntegrationTests.Warehouse.Assessments;

/// <summary>Statistics computed from the rows themselves, another way than the warehouse does.</summary>
internal static class Statistics
{
    /// <summary>PostgreSQL's percentile_cont: linear interpolation between the neighbours in order, in double precision.</summary>
    public static double Percentile(IEnumerable<decimal> values, double p)
    {
        var ordered = values.Select(value => (double)value).Order().ToArray();
        var place = p * (ordered.Length - 1);
        var low = ordered[(int)Math.Floor(place)];
        var high = ordered[(int)Math.Ceiling(place)];
        return low + ((place - Math.Floor(place)) * (high - low));
    }

    public static double Average(IEnumerable<decimal> values) => (double)values.Average();

    /// <summary>Of the population, two passes in decimal.</summary>
    public static double StandardDeviation(IReadOnlyCollection<decimal> values)
    {
        var mean = values.Average();
        return Math.Sqrt((double)(values.Sum(value => (value - mean) * (value - mean)) / values.Count));
    }
}
