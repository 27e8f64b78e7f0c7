using Andi.ChangeEvents;
using Andi.Cli.Terminal;
using Andi.Warehouse.Checks;
using Andi.Warehouse.DataTests;
using Npgsql;

namespace Andi.Cli.Check;

/// <summary>One check: offsets and data tests while everything goes on; aggregates and rows while ingest is held, again where the hold was lost.</summary>
/// <param name="timeout">How long the warehouse may take to reach the position at which PostgreSQL's rows are read.</param>
/// <param name="anchor">A seal of the audit log that was noted before; null where none was.</param>
internal sealed class CheckRun(NpgsqlDataSource ledger, CheckedWarehouse warehouse, RunningStores stores, TimeSpan timeout, AuditHead? anchor = null)
{
    private const int MaxAttempts = 3;

    /// <exception cref="CommandFailure">It could not be found out whether all holds.</exception>
    public async Task<CheckOutput> RunAsync(IReadOnlyCollection<string> parts, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        var audit = parts.Contains(CheckParts.Audit) ? await new AuditCheck(stores.Oltp, anchor).RunAsync(begin, cancellationToken) : default;
        for (var attempt = 1; ; attempt++)
        {
            var generation = await warehouse.CurrentGenerationAsync(cancellationToken);
            var findings = new List<Findings>(audit.Findings ?? []);
            if (parts.Contains(CheckParts.Offsets))
            {
                findings.AddRange(await new OffsetCheck(ledger, warehouse, stores.Kafka).RunAsync(generation, begin, cancellationToken));
            }

            var (compared, position) = parts.Contains(CheckParts.Aggregates) || parts.Contains(CheckParts.Rows)
                ? await CompareAtRestAsync(generation, parts, begin, cancellationToken)
                : ([], null);
            findings.AddRange(compared);
            if (parts.Contains(CheckParts.Tests))
            {
                findings.AddRange(await new DataTestCheck(warehouse).RunAsync(begin, cancellationToken));
            }

            if (await warehouse.CurrentGenerationAsync(cancellationToken) == generation)
            {
                return new CheckOutput(findings.All(finding => finding.Differences == 0), generation, position, audit.Head, findings);
            }

            if (attempt == MaxAttempts)
            {
                throw new CommandFailure("Readers were switched to another generation during each of three checks.");
            }
        }
    }

    private async Task<(IReadOnlyList<Findings> Findings, string? Position)> CompareAtRestAsync(
        uint generation, IReadOnlyCollection<string> parts, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var oldest = await warehouse.OldestDayAsync(cancellationToken);
            await using var snapshot = parts.Contains(CheckParts.Rows) ? await SourceSnapshot.TakeAsync(stores.Oltp, cancellationToken) : null;
            if (snapshot is not null)
            {
                await new AppliedWait(ledger, timeout).ForAsync(generation, snapshot.Point - 1, begin, cancellationToken);
            }

            await using var hold = await IngestHold.TakeAsync(ledger, "check", generation, finish: null, cancellationToken);
            var findings = new List<Findings>();
            if (parts.Contains(CheckParts.Aggregates))
            {
                findings.AddRange(await new AggregateCheck(warehouse).RunAsync(generation, oldest, begin, cancellationToken));
            }

            if (snapshot is not null)
            {
                var rows = new WarehouseRows(stores.WarehouseOptions());
                findings.AddRange(await new RowCheck(rows).RunAsync(generation, oldest, snapshot, begin, cancellationToken));
            }

            if (await hold.HoldsAsync(cancellationToken))
            {
                return (findings, snapshot is null ? null : Position.FormatLsn(snapshot.Point));
            }
        }

        throw new CommandFailure("Ingest could not be held during the comparison: the lease in the ledger was lost three times.");
    }
}

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
                forgotten.Add(table, "no check file", $"Andi.Warehouse/Areas/<area>/checks/{table}.sql, or {table}.source.sql and {table}.warehouse.sql");
            }
        }

        all.Add(forgotten);
        return all;
    }
}

/// <summary>Runs every data test, and keeps the results.</summary>
internal sealed class DataTestCheck(CheckedWarehouse warehouse)
{
    public async Task<IReadOnlyList<Findings>> RunAsync(Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        var tests = DataTest.All();
        var run = warehouse.DataTests();
        var results = new List<DataTestResult>();
        var all = new List<Findings>();
        using var step = begin("data tests", tests.Count);
        foreach (var test in tests)
        {
            var result = await run.RunAsync(test, cancellationToken);
            results.Add(result);
            if (result.Status == DataTestResult.Error)
            {
                throw new CommandFailure($"The data test {test.Name} could not be run: {result.Message}");
            }

            var findings = new Findings(CheckParts.Tests, test.Name) { Compared = 1 };
            findings.AddAll(result.FailingRows, result.Sample, test.Says);
            all.Add(findings);
            step.Report(results.Count, tests.Count);
        }

        await run.KeepAsync(results, cancellationToken);
        return all;
    }
}
