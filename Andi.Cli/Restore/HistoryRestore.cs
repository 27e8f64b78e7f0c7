using Andi.Cli.Backup;
using Andi.Cli.Check;
using Andi.Cli.Terminal;
using Andi.Sql;
using Andi.Warehouse.Client;

namespace Andi.Cli.Restore;

/// <summary>
/// Brings the warehouse's history back: landing rows as generation 0, which no reader sees and no view derives anything from, and rows that were loaded from
/// elsewhere as they were. May be cut off anywhere and run again. See docs/decisions/0015-backup.md.
/// </summary>
internal sealed class HistoryRestore(ClickHouseClient warehouse)
{
    private const string SideEnd = "_restored";
    private static readonly TimeSpan Limit = TimeSpan.FromHours(6);

    private static readonly Dictionary<string, string> InsertSettings = new()
    {
        ["insert_deduplicate"] = "0",
        ["max_partitions_per_insert_block"] = "0",
        ["max_execution_time"] = "21600",
    };

    /// <summary>Whether the warehouse has the backup's tables and columns, and no rows.</summary>
    /// <exception cref="CommandFailure">It is not so; the message says in what.</exception>
    public async Task EnsureFitsAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        var tables = (await StagingTables.ReadAsync(warehouse, cancellationToken)).ToDictionary(table => table.FullName);
        foreach (var file in manifest.Of(BackupStore.ClickHouse))
        {
            if (!tables.TryGetValue(file.Table, out var table) || file.Columns.Except(table.Columns.Select(column => column.Name)).Any())
            {
                throw new CommandFailure($"The warehouse has no table {file.Table} with the backup's columns. Run migrate, with the version that made the "
                    + "backup.");
            }
        }

        var filled = await warehouse.QueryAsync<KeyRow>(new(EmbeddedSql.Read("Restore/Sql/filled_tables.sql")), cancellationToken);
        if (filled.Count > 0)
        {
            throw new CommandFailure($"The system is not empty: {filled[0].Key} has rows. A backup is restored into an empty one only.");
        }

        // Those of the backup are there where a restore of it was cut off.
        var others = (await LoadRecords.ReadAsync(warehouse, cancellationToken)).ExceptBy(manifest.Loads!.Select(load => load.Attempt), load => load.Attempt)
            .ToList();
        if (others.Count > 0)
        {
            throw new CommandFailure($"The system is not empty: {others[0].FileName} was loaded into {others[0].Table}. A backup is restored into an empty "
                + "one only.");
        }
    }

    public async Task RunAsync(BackupManifest manifest, string folder, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        await DropAsync(cancellationToken);
        var tables = (await StagingTables.ReadAsync(warehouse, cancellationToken)).ToDictionary(table => table.FullName);
        await ExecuteAsync("TRUNCATE TABLE ops.loaded_files", cancellationToken);
        foreach (var table in tables.Values.Where(table => table.IsLoadable))
        {
            // What is there counts no more, or never did.
            await ExecuteAsync($"TRUNCATE TABLE {table.Quoted}", cancellationToken);
        }

        foreach (var file in manifest.Of(BackupStore.ClickHouse).Where(file => file.Rows > 0))
        {
            using var step = begin($"clickhouse: {file.Table}", file.Rows);
            var table = tables[file.Table];
            if (table.IsLanding)
            {
                await BesideAsync(table, file, folder, cancellationToken);
            }
            else
            {
                await InsertAsync(table.Name, file, folder, cancellationToken);
            }

            step.Report(file.Rows);
        }

        // After their rows, as a load does it.
        await LoadRecords.InsertAsync(warehouse, manifest.Loads!, cancellationToken);
    }

    /// <summary>Into a table beside, whose parts are then taken over as they are: an insert would run the views that derive from landing rows.</summary>
    private async Task BesideAsync(StagingTable table, BackupFile file, string folder, CancellationToken cancellationToken)
    {
        var side = table.Name + SideEnd;
        await ExecuteAsync($"DROP TABLE IF EXISTS {StagingTable.QuotedName(side)} SYNC", cancellationToken);
        await ExecuteAsync($"CREATE TABLE {StagingTable.QuotedName(side)} AS {table.Quoted}", cancellationToken);
        await ExecuteAsync($"SYSTEM STOP TTL MERGES {StagingTable.QuotedName(side)}", cancellationToken);
        await InsertAsync(side, file, folder, cancellationToken);
        var partitions = await warehouse.QueryAsync<HistoryPartition>(
            new(EmbeddedSql.Read("Restore/Sql/parts_of_table.sql")) { Parameters = new() { { "table", side } } }, cancellationToken);
        foreach (var partition in partitions)
        {
            // A partition id is made of letters, digits and dashes.
            await ExecuteAsync($"ALTER TABLE {table.Quoted} ATTACH PARTITION ID '{partition.Partition}' FROM "
                + $"{StagingTable.QuotedName(side)}", cancellationToken);
        }

        await ExecuteAsync($"DROP TABLE {StagingTable.QuotedName(side)} SYNC", cancellationToken);
    }

    private async Task InsertAsync(string table, BackupFile file, string folder, CancellationToken cancellationToken)
    {
        await using var rows = TableFile.Open(Path.Combine(folder, file.Path));
        var insert = new ClickHouseInsert(StagingTable.Database, table, "Native") { Columns = file.Columns, Settings = InsertSettings, Timeout = Limit };
        await warehouse.InsertAsync(insert, rows.CopyToAsync, cancellationToken);
        var restored = await warehouse.ScalarAsync<long>(new($"SELECT count() FROM {StagingTable.QuotedName(table)}") { Timeout = Limit }, cancellationToken);
        if (restored != file.Rows)
        {
            throw new CommandFailure($"{file.Table} has {restored} rows after its file was read instead of {file.Rows}.");
        }
    }

    private async Task DropAsync(CancellationToken cancellationToken)
    {
        var partitions = await warehouse.QueryAsync<HistoryPartition>(new(EmbeddedSql.Read("Restore/Sql/history_parts.sql")), cancellationToken);
        foreach (var partition in partitions)
        {
            await ExecuteAsync($"ALTER TABLE {StagingTable.QuotedName(partition.Table)} DROP PARTITION ID '{partition.Partition}'", cancellationToken);
        }
    }

    private Task<ClickHouseSummary> ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        warehouse.ExecuteAsync(new(sql) { Name = "restore", Timeout = Limit }, cancellationToken);
}

internal sealed record HistoryPartition(string Table, string Partition);
