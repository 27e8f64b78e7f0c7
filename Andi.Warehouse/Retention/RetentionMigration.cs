using System.Globalization;
using Andi.Topology;
using Andi.Warehouse.Client;

namespace Andi.Warehouse.Retention;

/// <summary>
/// Brings the warehouse to the years that are to count: the row in <c>ops.retention</c> that readers follow, and the TTL of every table. Readers never
/// look further back than rows are kept: more years are written down once every table keeps them, fewer before the first table drops. May be cut off
/// anywhere and run again.
/// </summary>
/// <param name="client">The warehouse's.</param>
/// <param name="wanted">Years; null: as it is.</param>
/// <param name="margins">The tables whose TTL follows the years, with the months that each adds (<see cref="RetentionTtl.Margins"/>).</param>
internal sealed class RetentionMigration(ClickHouseClient client, int? wanted, IReadOnlyDictionary<string, int> margins)
{
    /// <summary>The years that count now.</summary>
    public async Task<int> YearsAsync(CancellationToken cancellationToken) =>
        await ExistAsync("database = 'ops' AND name = 'retention'", cancellationToken)
            ? await client.ScalarAsync<int>(new("SELECT argMax(years, change) FROM ops.retention"), cancellationToken)
            : RetentionLimits.DefaultYears;

    /// <summary>What is to be done; null: nothing.</summary>
    public async Task<RetentionChange?> PlanAsync(CancellationToken cancellationToken)
    {
        var before = await YearsAsync(cancellationToken);
        var years = wanted ?? before;
        var tables = await DifferingAsync(years, cancellationToken);
        if (years == before)
        {
            return tables.Count == 0 ? null : new RetentionChange(years, before, Names(tables), OldestBefore: null);
        }

        DateOnly? oldest = await LandedGenerationAsync(cancellationToken) == 0
            ? null
            : await client.ScalarAsync<DateOnly>(
                new("SELECT toStartOfMonth(toDate(now('UTC')) - toIntervalYear({before:UInt8}))") { Parameters = new() { { "before", before } } },
                cancellationToken);
        return new RetentionChange(years, before, Names(tables), oldest);
    }

    /// <summary>Does it.</summary>
    /// <param name="change">What <see cref="PlanAsync"/> found.</param>
    /// <param name="grace">How long to wait between telling readers of fewer years and letting the first table drop rows, where there are any.</param>
    /// <param name="beforeEach">Called before each statement.</param>
    public async Task ApplyAsync(RetentionChange change, TimeSpan grace, Func<Task> beforeEach, CancellationToken cancellationToken)
    {
        if (change.Years < change.Before)
        {
            await beforeEach();
            await RecordAsync(change.Years, cancellationToken);
        }

        var tables = await DifferingAsync(change.Years, cancellationToken);
        if (change.Years <= change.Before && tables.Count > 0 && await LandedGenerationAsync(cancellationToken) > 0)
        {
            // At the same years, too: those before may have been cut off right here.
            await Task.Delay(grace, cancellationToken);
        }

        foreach (var table in tables)
        {
            await beforeEach();
            await client.ExecuteAsync(new($"ALTER TABLE {table.Name} MODIFY TTL {table.Ttl}") { Name = "retention" }, cancellationToken);
        }

        if (change.Years > change.Before)
        {
            await beforeEach();
            await RecordRaiseAsync(change, cancellationToken);
        }
    }

    private async Task RecordAsync(int years, CancellationToken cancellationToken) => await client.ExecuteAsync(
        new("INSERT INTO ops.retention (change, years, complete_from, generations) SELECT max(change) + 1, {years:UInt8}, toDate(0), 0 FROM ops.retention")
        {
            Parameters = new() { { "years", years } },
        },
        cancellationToken);

    /// <summary>
    /// What came so far lacks whatever fewer years had dropped by now. Called once no table drops it any more, so that no later rows can be lacking.
    /// </summary>
    private async Task RecordRaiseAsync(RetentionChange change, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO ops.retention (change, years, complete_from, generations)
            SELECT
                max(change) + 1, {years:UInt8},
                if({landed:UInt32} = 0, toDate(0), toStartOfMonth(toDate(now('UTC')) - toIntervalYear({before:UInt8}))), {landed:UInt32}
            FROM ops.retention
            """;
        var landed = await LandedGenerationAsync(cancellationToken);
        await client.ExecuteAsync(
            new(Sql) { Parameters = new() { { "years", change.Years }, { "before", change.Before }, { "landed", landed } } }, cancellationToken);
    }

    /// <summary>
    /// The newest generation of which anything came; 0: none. Districts and such stay in their landing tables, whatever is dropped elsewhere.
    /// </summary>
    private async Task<uint> LandedGenerationAsync(CancellationToken cancellationToken) =>
        await ExistAsync("database = 'staging' AND endsWith(name, '_changes')", cancellationToken)
            ? await client.ScalarAsync<uint>(new("SELECT max(_generation) FROM merge('staging', '_changes$')"), cancellationToken)
            : 0;

    private async Task<bool> ExistAsync(string tables, CancellationToken cancellationToken) =>
        await client.ScalarAsync<int>(new($"SELECT count() FROM system.tables WHERE {tables}"), cancellationToken) > 0;

    private static IReadOnlyList<string> Names(IEnumerable<(string Name, string Ttl)> tables) => [.. tables.Select(table => table.Name)];

    private async Task<IReadOnlyList<(string Name, string Ttl)>> DifferingAsync(int years, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT concat(database, '.', name) AS table, engine_full AS engineFull
            FROM system.tables
            WHERE engine LIKE '%MergeTree'
            ORDER BY table
            """;
        var tables = await client.QueryAsync<TableWithTtl>(new(Sql) { Name = "retention" }, cancellationToken);
        return
        [
            .. from table in tables
               where margins.ContainsKey(table.Table)
               let ttl = RetentionTtl.Differing(table.EngineFull, years, margins[table.Table])
               where ttl is not null
               select (table.Table, ttl),
        ];
    }
}

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
            $"Rows from before {oldest:yyyy-MM} may have been dropped while {Before} years counted. "
            + $"Those months stay out of every answer until the warehouse is rebuilt: run 'resync'."),
        (true, { }) when Years < Before => string.Create(
            CultureInfo.InvariantCulture,
            $"Only the last {Years} years count now. ClickHouse drops the rows from before; PostgreSQL keeps them, "
            + $"and 'resync' brings them back once more years count again."),
        _ => null,
    };

    public override string ToString() => IsOfYears
        ? string.Create(CultureInfo.InvariantCulture, $"retention: {Years} years")
        : string.Create(CultureInfo.InvariantCulture, $"retention: {Years} years in {string.Join(", ", Tables)}");
}
