using System.Globalization;

namespace Andi.Warehouse.Retention;

/// <summary>What a migration does, or would do, about the years that count.</summary>
/// <param name="Years">From now on.</param>
/// <param name="Before">Until now.</param>
/// <param name="Tables">Whose TTL is altered, with their database.</param>
/// <param name="OldestBefore">Where the years change, the oldest month that counted; null where no row had ever come.</param>
public sealed record RetentionChange(int Years, int Before, IReadOnlyList<string> Tables, DateOnly? OldestBefore)
{
    /// <summary>Other years than until now.</summary>
    public bool IsOfYears => Years != Before;

    /// <summary>What an operator must know: which months are away until a rebuild, or for good. Null: nothing.</summary>
    public string? Warning => (IsOfYears, OldestBefore) switch
    {
        (true, { } oldest) when Years > Before => string.Create(
            CultureInfo.InvariantCulture,
            $"Rows from before {oldest:yyyy-MM} may have been dropped while {Before} years counted. Those months stay out of every answer until the warehouse is rebuilt: run 'resync'."),
        (true, { }) when Years < Before => string.Create(
            CultureInfo.InvariantCulture,
            $"Only the last {Years} years count now. ClickHouse drops the rows from before; PostgreSQL keeps them, and 'resync' brings them back once more years count again."),
        _ => null,
    };

    public override string ToString() => IsOfYears
        ? string.Create(CultureInfo.InvariantCulture, $"retention: {Years} years")
        : string.Create(CultureInfo.InvariantCulture, $"retention: {Years} years in {string.Join(", ", Tables)}");
}
