namespace Andi.IntegrationTests.Warehouse.Coaching;

/// <summary>Statistics of two measures computed from the rows themselves, another way than the warehouse does.</summary>
internal static class CoachingStatistics
{
    /// <summary>Pearson's, two passes in decimal; null where one of the two does not vary.</summary>
    public static double? Correlation(IReadOnlyCollection<SessionRow> rows, Func<SessionRow, decimal> x, Func<SessionRow, decimal> y)
    {
        var (meanX, meanY) = (rows.Average(x), rows.Average(y));
        if (rows.All(row => x(row) == x(rows.First())) || rows.All(row => y(row) == y(rows.First())))
        {
            return null;
        }

        var together = rows.Sum(row => (x(row) - meanX) * (y(row) - meanY));
        var (alone, other) = (rows.Sum(row => (x(row) - meanX) * (x(row) - meanX)), rows.Sum(row => (y(row) - meanY) * (y(row) - meanY)));
        return (double)together / (Math.Sqrt((double)alone) * Math.Sqrt((double)other));
    }

    /// <summary>Of the line of least squares; null where x does not vary.</summary>
    public static double? Slope(IReadOnlyCollection<SessionRow> rows, Func<SessionRow, double> x, Func<SessionRow, double> y)
    {
        var (meanX, meanY) = (rows.Average(x), rows.Average(y));
        return rows.All(row => x(row) == x(rows.First()))
            ? null
            : rows.Sum(row => (x(row) - meanX) * (y(row) - meanY)) / rows.Sum(row => (x(row) - meanX) * (x(row) - meanX));
    }
}
