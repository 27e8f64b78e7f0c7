using System.Diagnostics;
using Andi.Warehouse.Client;
using Andi.Warehouse.Retention;
using Microsoft.Extensions.Logging;

namespace Andi.Warehouse.Migrations;

/// <summary>
/// Brings the warehouse to the state that the SQL files describe: versioned files are applied once, repeatable ones whenever their text changed. A run
/// that was interrupted anywhere may be repeated. Two runs at once are for the caller to prevent: Andi.Cli holds an advisory lock of PostgreSQL
/// meanwhile.
/// </summary>
public sealed partial class WarehouseMigrator(ClickHouseClient client, MigrationCatalog catalog, ILogger<WarehouseMigrator> logger)
{
    /// <summary>How long one statement may take; default an hour, as a later file may rewrite a large table.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// For how many years rows are to count; null, the default: as long as they do now, five years in a warehouse for which no number was ever set.
    /// </summary>
    public int? RetentionYears { get; init; }

    /// <summary>
    /// How long to wait between recording for readers that fewer years count and dropping the rows of the others; default 30 s. Longer than an analytics
    /// API may lag behind, and than a request takes.
    /// </summary>
    public TimeSpan RetentionGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Applies what is missing, in order, then brings tables and readers to the years that are to count.</summary>
    /// <param name="progress">Receives a report before each file.</param>
    /// <param name="ensureAlone">Called before each statement; throws where the caller no longer holds the lock against other migrations. Null: there is
    /// no such lock.</param>
    /// <exception cref="MigrationException">A versioned file was changed after it was applied, or a statement failed.</exception>
    public async Task<WarehouseChanges> MigrateAsync(
        IProgress<MigrationProgress>? progress = null, Func<CancellationToken, Task>? ensureAlone = null, CancellationToken cancellationToken = default)
    {
        var beforeEach = ensureAlone ?? (_ => Task.CompletedTask);
        var store = new MigrationStore(client);
        await store.EnsureTablesAsync(cancellationToken);
        var pending = Pending(await store.AppliedAsync(cancellationToken));
        var retention = Retention();
        // A table that is made anew keeps, from its first row on, what either number of years keeps.
        var kept = Math.Max(await retention.YearsAsync(cancellationToken), RetentionYears ?? 0);
        for (var i = 0; i < pending.Count; i++)
        {
            progress?.Report(new MigrationProgress(i, pending.Count, pending[i].Path));
            await ApplyAsync(pending[i], store, beforeEach, kept, cancellationToken);
        }

        progress?.Report(new MigrationProgress(pending.Count, pending.Count, null));
        var change = await retention.PlanAsync(cancellationToken);
        if (change is not null)
        {
            await retention.ApplyAsync(change, RetentionGrace, () => beforeEach(cancellationToken), cancellationToken);
            LogRetention(change.ToString());
        }

        return new WarehouseChanges(pending, change);
    }

    /// <summary>What <see cref="MigrateAsync"/> would do now; changes nothing.</summary>
    public async Task<WarehouseChanges> PendingAsync(CancellationToken cancellationToken = default)
    {
        const string Sql = "SELECT count() FROM system.tables WHERE database = 'ops' AND name = 'schema_migrations'";
        var fresh = await client.ScalarAsync<int>(new(Sql), cancellationToken) == 0;
        var files = fresh ? catalog.Files : Pending(await new MigrationStore(client).AppliedAsync(cancellationToken));
        return new WarehouseChanges(files, await Retention().PlanAsync(cancellationToken));
    }

    private RetentionMigration Retention() =>
        new(client, RetentionYears, RetentionTtl.Margins(catalog.Files.Where(file => !file.IsRepeatable).SelectMany(file => file.Statements)));

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

    private async Task ApplyAsync(
        MigrationFile file, MigrationStore store, Func<CancellationToken, Task> beforeEach, int keptYears, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var checksums = file.StatementChecksums.ToList();
        var done = file.IsRepeatable ? [] : await store.StepsAsync(file, cancellationToken);
        if (!checksums.Take(done.Count).SequenceEqual(done))
        {
            throw new MigrationException(
                $"{file.Path} was changed where it had been applied already: its first {done.Count} statements must stay as they were.");
        }

        for (var step = done.Count; step < file.Statements.Count; step++)
        {
            await beforeEach(cancellationToken);
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
                await store.RecordStepAsync(file, step, checksums[step], cancellationToken);
            }
        }

        await store.RecordAsync(file, Stopwatch.GetElapsedTime(start), cancellationToken);
        LogApplied(file.Path, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    [LoggerMessage(3110, LogLevel.Information, "Applied {Path} in {Ms:0} ms")]
    private partial void LogApplied(string path, double ms);

    [LoggerMessage(3111, LogLevel.Information, "Changed {Retention}")]
    private partial void LogRetention(string retention);
}

/// <summary>The warehouse cannot be migrated as it is; the message says why and names the file, if one is the cause.</summary>
public sealed class MigrationException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A report before each file that is applied, and one at the end with <paramref name="Path"/> null.</summary>
/// <param name="Done">The number of files applied so far.</param>
/// <param name="Total">The number of files to apply in this run.</param>
/// <param name="Path">The file that is applied next.</param>
public sealed record MigrationProgress(int Done, int Total, string? Path);

/// <summary>What a migration changed, or would change.</summary>
/// <param name="Files">The applied files, in order.</param>
/// <param name="Retention">Null: the years that count stay as they were.</param>
public sealed record WarehouseChanges(IReadOnlyList<MigrationFile> Files, RetentionChange? Retention)
{
    public bool AreNone => Files.Count == 0 && Retention is null;
}
