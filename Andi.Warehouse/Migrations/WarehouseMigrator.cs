using System.Diagnostics;
using Andi.Warehouse.Client;
using Andi.Warehouse.Retention;
using Microsoft.Extensions.Logging;

namespace Andi.Warehouse.Migrations;

/// <summary>
/// Brings the warehouse to the state that the SQL files describe: versioned files once, repeatable ones whenever their text changed. May be cut off anywhere
/// and run again; of several that run at once one works and the others wait for it.
/// </summary>
public sealed partial class WarehouseMigrator(ClickHouseClient client, MigrationCatalog catalog, ILogger<WarehouseMigrator> logger)
{
    /// <summary>How long to wait for another migrator; default two minutes.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long one statement may take; default an hour, as a later file may rewrite a large table.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>For how many years rows are to count; null, the default: as long as they do now, five years in a warehouse that was never told.</summary>
    public int? RetentionYears { get; init; }

    /// <summary>
    /// How long to wait between telling readers that fewer years count and dropping the rows of the others; default 30 s. Longer than an analytics API may follow late, and
    /// than a request takes.
    /// </summary>
    public TimeSpan RetentionGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Applies what is missing, in order, then brings tables and readers to the years that are to count.</summary>
    /// <exception cref="MigrationException">A versioned file was changed after it was applied, a statement failed, or another migrator did not end.</exception>
    public async Task<WarehouseChanges> MigrateAsync(IProgress<MigrationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var ledger = new MigrationLedger(client);
        await ledger.EnsureTablesAsync(cancellationToken);
        await using var held = await MigrationLock.AcquireAsync(client, logger, Patience, cancellationToken);

        var pending = Pending(await ledger.AppliedAsync(cancellationToken));
        var retention = new RetentionMigration(client, RetentionYears);
        // A table that is made anew keeps, from its first row on, what either number of years keeps.
        var kept = Math.Max(await retention.YearsAsync(cancellationToken), RetentionYears ?? 0);
        for (var i = 0; i < pending.Count; i++)
        {
            progress?.Report(new MigrationProgress(i, pending.Count, pending[i].Path));
            await ApplyAsync(pending[i], ledger, held, kept, cancellationToken);
        }

        progress?.Report(new MigrationProgress(pending.Count, pending.Count, null));
        var change = await retention.PlanAsync(cancellationToken);
        if (change is not null)
        {
            await retention.ApplyAsync(change, RetentionGrace, () => held.EnsureHeldAsync(cancellationToken), cancellationToken);
            LogRetention(change.ToString());
        }

        return new WarehouseChanges(pending, change);
    }

    /// <summary>What <see cref="MigrateAsync"/> would do now; changes nothing.</summary>
    public async Task<WarehouseChanges> PendingAsync(CancellationToken cancellationToken = default)
    {
        const string Sql = "SELECT count() FROM system.tables WHERE database = 'ops' AND name = 'schema_migrations'";
        var fresh = await client.ScalarAsync<int>(new(Sql), cancellationToken) == 0;
        var files = fresh ? catalog.Files : Pending(await new MigrationLedger(client).AppliedAsync(cancellationToken));
        return new WarehouseChanges(files, await new RetentionMigration(client, RetentionYears).PlanAsync(cancellationToken));
    }

    private List<MigrationFile> Pending(IReadOnlyDictionary<string, string> applied)
    {
        var pending = new List<MigrationFile>();
        foreach (var file in catalog.Files)
        {
            if (!applied.TryGetValue(file.Id, out var checksum))
            {
                pending.Add(file);
            }
            else if (checksum != file.Checksum)
            {
                pending.Add(file.IsRepeatable
                    ? file
                    : throw new MigrationException($"{file.Path} was changed after it was applied. Put it back as it was and make the change in a new file."));
            }
        }

        return pending;
    }

    private async Task ApplyAsync(MigrationFile file, MigrationLedger ledger, MigrationLock held, int keptYears, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var checksums = file.StatementChecksums.ToList();
        var done = file.IsRepeatable ? [] : await ledger.StepsAsync(file, cancellationToken);
        if (!checksums.Take(done.Count).SequenceEqual(done))
        {
            throw new MigrationException($"{file.Path} was changed where it had been applied already: its first {done.Count} statements must stay as they were.");
        }

        for (var step = done.Count; step < file.Statements.Count; step++)
        {
            await held.EnsureHeldAsync(cancellationToken);
            try
            {
                var sql = file.IsRepeatable ? file.Statements[step] : RetentionTtl.InStatement(file.Statements[step], keptYears);
                await client.ExecuteAsync(new(sql) { Name = file.Path, Timeout = StatementTimeout }, cancellationToken);
            }
            catch (ClickHouseException failure)
            {
                throw new MigrationException($"{file.Path}, statement {step + 1}: {failure.Message}", failure);
            }

            if (!file.IsRepeatable)
            {
                await ledger.RecordStepAsync(file, step, checksums[step], cancellationToken);
            }
        }

        await ledger.RecordAsync(file, file.Checksum, Stopwatch.GetElapsedTime(start), cancellationToken);
        LogApplied(file.Path, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    [LoggerMessage(3110, LogLevel.Information, "Applied {Path} in {Ms:0} ms")]
    private partial void LogApplied(string path, double ms);

    [LoggerMessage(3111, LogLevel.Information, "Changed {Retention}")]
    private partial void LogRetention(string retention);
}
