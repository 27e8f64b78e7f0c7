using Andi.ChangeEvents;
using Andi.Cli.Check;
using Andi.Cli.Erase;
using Andi.Cli.Terminal;
using Andi.Security;
using Andi.Warehouse.Client;
using Npgsql;

namespace Andi.Cli.Backup;

/// <summary>
/// Copies both stores at one position while writes go on: PostgreSQL's rows under the snapshot of that position, and the warehouse's landing rows that stand
/// below it, once it has applied all of them. What lands meanwhile has a higher position, so nothing has to stand still. See docs/decisions/0015-backup.md.
/// </summary>
internal sealed class BackupRun(NpgsqlDataSource ledger, ClickHouseClient warehouse, string oltp, TimeSpan timeout)
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(6);

    // Attempts of loaded files stand in the statement, one by one.
    private static readonly Dictionary<string, string> LongStatements = new() { ["max_query_size"] = "67108864" };

    /// <param name="folder">Is made, or must be empty.</param>
    /// <param name="begin">Makes a step of the work.</param>
    /// <exception cref="CommandFailure">The folder is not empty, or no position could be reached.</exception>
    public async Task<BackupOutput> RunAsync(string folder, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        Prepare(folder);
        var asked = new CheckedWarehouse(warehouse);
        var generation = await asked.CurrentGenerationAsync(cancellationToken);
        await using var snapshot = await SourceSnapshot.TakeAsync(oltp, cancellationToken);
        var takenAt = TimeProvider.System.GetUtcNow();
        var files = new List<BackupFile>();
        var source = new SourceTables(snapshot.Connection);
        foreach (var table in await source.ReadAsync(cancellationToken))
        {
            files.Add(await CopyAsync(snapshot.Connection, table, folder, begin, cancellationToken));
        }

        await new AppliedWait(ledger, timeout).ForAsync(generation, snapshot.Point - 1, begin, cancellationToken);
        var warnings = new List<string>();
        // Before the rows: what is recorded here has all of its rows, and they never change.
        var loads = await LoadRecords.ReadAsync(warehouse, cancellationToken);
        foreach (var table in await StagingTables.ReadAsync(warehouse, cancellationToken))
        {
            files.Add(await CopyAsync(table, Counting(table, generation, snapshot.Point, loads), folder, begin, cancellationToken));
            if (table.IsLanding && await DifferenceAsync(table, generation, snapshot.Point, files, cancellationToken) is { } differs)
            {
                warnings.Add(differs);
            }
        }

        if (await asked.CurrentGenerationAsync(cancellationToken) != generation)
        {
            throw new CommandFailure("Readers were switched to a rebuilt warehouse meanwhile, and the rows of the previous generation may be gone. Run "
                + "backup again, "
                + "into another folder.");
        }

        var manifest = new BackupManifest(
            BackupManifest.CurrentFormat,
            takenAt,
            Position.FormatLsn(snapshot.Point),
            generation,
            await source.MigrationsAsync(cancellationToken),
            await source.SequencesAsync(cancellationToken),
            files,
            loads,
            await Tombstones.ReadAsync(snapshot.Connection, cancellationToken));
        await manifest.WriteAsync(folder, cancellationToken);
        return BackupOutput.Of(manifest, folder, warnings);
    }

    private static void Prepare(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new CommandFailure($"{folder} is not empty; a backup needs a folder of its own.");
        }

        foreach (var part in (string[])[folder, Path.Combine(folder, "postgres"), Path.Combine(folder, "clickhouse")])
        {
            OwnerOnly.CreateFolder(part);
        }
    }

    private static async Task<BackupFile> CopyAsync(
        NpgsqlConnection connection, SourceTable table, string folder, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        await using var count = new NpgsqlCommand($"SELECT count(*) FROM {table.Quoted}", connection) { CommandTimeout = 0 };
        var rows = (long)(await count.ExecuteScalarAsync(cancellationToken))!;
        using var step = begin($"postgres: {table.Name}", rows);
        var path = Path.Combine("postgres", $"{table.Name}.copy.gz");
        var (bytes, checksum) = await TableFile.WriteAsync(
            Path.Combine(folder, path),
            async target =>
            {
                await using var copy = await connection.BeginRawBinaryCopyAsync(
                    $"COPY {table.With(table.Columns)} TO STDOUT (FORMAT binary)", cancellationToken);
                await copy.CopyToAsync(target, cancellationToken);
            },
            cancellationToken);
        step.Report(rows);
        return new BackupFile(path, BackupStore.Postgres, table.Name, table.Columns, rows, bytes, checksum);
    }

    private async Task<BackupFile> CopyAsync(
        StagingTable table, (string Condition, ClickHouseParameters Parameters) counting, string folder, Func<string, double?, IWorkStep> begin,
            CancellationToken cancellationToken)
    {
        var (condition, parameters) = counting;
        var rows = await warehouse.ScalarAsync<long>(
            new($"SELECT count() FROM {table.Quoted} AS source WHERE {condition}") { Parameters = parameters, Settings = LongStatements, Timeout = Limit },
                cancellationToken);
        using var step = begin($"clickhouse: {table.FullName}", rows);
        var path = Path.Combine("clickhouse", $"{table.FullName}.native.gz");
        // What a restored system receives as new comes as its own first generation; these rows stand before it.
        var values = table.Columns.Select(column => table.IsLanding && column.Name == StagingTable.GenerationColumn
            ? $"toUInt32(0) AS {StagingTable.GenerationColumn}"
            : Identifier.Quote(column.Name));
        var sql = $"SELECT {string.Join(", ", values)} FROM {table.Quoted} AS source WHERE {condition} FORMAT Native";
        var statement = new ClickHouseStatement(sql) { Name = "backup", Parameters = parameters, Settings = LongStatements, Timeout = Limit };
        var (bytes, checksum) = await TableFile.WriteAsync(
            Path.Combine(folder, path), target => warehouse.CopyToAsync(statement, target, cancellationToken), cancellationToken);
        step.Report(rows);
        return new BackupFile(path, BackupStore.ClickHouse, table.FullName, [.. table.Columns.Select(column => column.Name)], rows, bytes, checksum);
    }

    /// <summary>Whether as many rows stand in the warehouse at the position as PostgreSQL has there; what to say where not.</summary>
    private async Task<string?> DifferenceAsync(StagingTable table, uint generation, ulong point, List<BackupFile> files, CancellationToken cancellationToken)
    {
        var source = files.FirstOrDefault(
            file => file.Store == BackupStore.Postgres && $"{file.Table[(file.Table.LastIndexOf('.') + 1)..]}_changes" == table.Name);
        if (source is null)
        {
            return null;
        }

        var sql = $"SELECT toInt64(sum(_sign)) FROM {table.Quoted} WHERE _generation = {{generation:UInt32}} AND _position < {{position:UInt128}}";
        var statement = new ClickHouseStatement(sql) { Parameters = At(generation, point), Timeout = Limit };
        var standing = await warehouse.ScalarAsync<long>(statement, cancellationToken);
        return standing == source.Rows
            ? null
            : $"{table.FullName}: {standing} rows stand, {source.Table} has {source.Rows}. Are there dead letters, or rows older than are kept? `check` tells.";
    }

    /// <summary>Which rows of a table are copied: they are there, and none of them changes or goes while they are.</summary>
    private static (string Condition, ClickHouseParameters Parameters) Counting(
        StagingTable table, uint generation, ulong point, IReadOnlyList<LoadRecord> loads) => table switch
        {
            { IsLanding: true } =>
                ("(source._generation = {generation:UInt32} AND source._position < {position:UInt128}) OR source._generation = 0", At(generation, point)),
            { IsLoadable: true } => (LoadRecords.Condition(loads.Where(load => load.Table == table.FullName)), []),
            _ => ("1", []),
        };

    private static ClickHouseParameters At(uint generation, ulong point) =>
        new() { { "generation", generation }, { "position", new Position(point, 0).ToUInt128() } };
}
