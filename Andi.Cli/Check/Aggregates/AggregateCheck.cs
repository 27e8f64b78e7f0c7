using Andi.Cli.Terminal;
using Andi.Warehouse.Checks;

namespace Andi.Cli.Check.Aggregates;

/// <summary>
/// Proves that every derived table equals a recomputation: runs the check file of each. A table that has none is a difference too, so that a new one cannot be
/// forgotten.
/// </summary>
internal sealed class AggregateCheck(CheckedWarehouse warehouse)
{
    private const string Part = "aggregates";
    private static readonly string[] DerivedDatabases = ["facts", "dims", "agg"];

    public async Task<IReadOnlyList<Findings>> RunAsync(
        uint generation, DateOnly oldest, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        var checks = WarehouseCheck.All();
        var all = new List<Findings>();
        foreach (var check in checks.Where(check => check.SourceSql is null))
        {
            using var step = begin($"aggregates: {check.Table}", null);
            var findings = new Findings(Part, check.Table);
            await foreach (var key in warehouse.DifferingAsync(check.Sql, new() { { "generation", generation }, { "oldest", oldest } }, cancellationToken))
            {
                findings.Add(key.Key, key.Stands, key.Should);
            }

            findings.Compared = 1;
            step.Report(1, 1);
            all.Add(findings);
        }

        var forgotten = new Findings(Part, "tables without a check");
        foreach (var database in DerivedDatabases)
        {
            foreach (var table in (await warehouse.TablesAsync(database, cancellationToken)).Except(checks.Select(check => check.Table)))
            {
                forgotten.Add(table, "no check file", $"Andi.Warehouse/Sql/<area>/checks/{table}.sql, or {table}.source.sql and {table}.warehouse.sql");
            }
        }

        all.Add(forgotten);
        return all;
    }
}
