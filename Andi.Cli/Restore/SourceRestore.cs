using Andi.Cli.Backup;
using Andi.Cli.Terminal;
using Npgsql;

namespace Andi.Cli.Restore;

/// <summary>Brings PostgreSQL's rows back, in one transaction: all of them, or nothing. The relay then sends them as any others.</summary>
internal sealed class SourceRestore(string oltp)
{
    /// <summary>Whether the database is of the backup's shape, and empty.</summary>
    /// <exception cref="CommandFailure">It is not; the message says in what.</exception>
    public async Task EnsureFitsAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await EnsureFitsAsync(connection, manifest, cancellationToken);
    }

    /// <param name="beforeCommit">Changes the restored rows before anybody can see them.</param>
    /// <returns>An LSN at or behind the transaction's end.</returns>
    /// <exception cref="CommandFailure">The database is not empty, or has other rows than the backup afterwards.</exception>
    public async Task<ulong> RunAsync(
        BackupManifest manifest, string folder, Func<NpgsqlConnection, Task> beforeCommit, Func<string, double?, IWorkStep> begin,
        CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            var tables = (await new SourceTables(connection).ReadAsync(cancellationToken)).ToDictionary(table => table.Name);
            await ExecuteAsync(connection, $"LOCK TABLE {string.Join(", ", tables.Values.Select(table => table.Quoted))} IN SHARE ROW EXCLUSIVE "
                + "MODE", cancellationToken);
            await EnsureFitsAsync(connection, manifest, cancellationToken);
            foreach (var file in manifest.Of(BackupStore.Postgres))
            {
                using var step = begin($"postgres: {file.Table}", file.Rows);
                await CopyAsync(connection, tables[file.Table], file, folder, cancellationToken);
                step.Report(file.Rows);
            }

            foreach (var sequence in manifest.Sequences)
            {
                await using var set = new NpgsqlCommand("SELECT setval($1::regclass, $2)", connection)
                {
                    Parameters = { new() { Value = sequence.Name }, new() { Value = sequence.Last } },
                };
                await set.ExecuteNonQueryAsync(cancellationToken);
            }

            await beforeCommit(connection);
            await transaction.CommitAsync(cancellationToken);
        }

        await ExecuteAsync(connection, "ANALYZE", cancellationToken);
        await using var end = new NpgsqlCommand("SELECT pg_current_wal_insert_lsn()", connection);
        return (ulong)(NpgsqlTypes.NpgsqlLogSequenceNumber)(await end.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task EnsureFitsAsync(NpgsqlConnection connection, BackupManifest manifest, CancellationToken cancellationToken)
    {
        var source = new SourceTables(connection);
        var migrations = await source.MigrationsAsync(cancellationToken);
        if (!migrations.ToHashSet().SetEquals(manifest.Migrations))
        {
            string[] differ = [.. manifest.Migrations.Except(migrations).Select(one => $"{one} is not applied"), .. migrations.Except(manifest.Migrations)
                .Select(one => $"the backup does not know {one}")];
            throw new CommandFailure($"PostgreSQL's tables are not those of the backup: {string.Join("; ", differ)}. Restore with the version that made it, "
                + "and migrate then.");
        }

        var tables = await source.ReadAsync(cancellationToken);
        foreach (var file in manifest.Of(BackupStore.Postgres))
        {
            if (tables.All(table => table.Name != file.Table))
            {
                throw new CommandFailure($"PostgreSQL has no table {file.Table}.");
            }
        }

        foreach (var table in tables)
        {
            await using var filled = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM {table.Quoted})", connection);
            if ((bool)(await filled.ExecuteScalarAsync(cancellationToken))!)
            {
                throw new CommandFailure($"The system is not empty: {table.Name} has rows. A backup is restored into an empty one only.");
            }
        }
    }

    private static async Task CopyAsync(NpgsqlConnection connection, SourceTable table, BackupFile file, string folder, CancellationToken cancellationToken)
    {
        await using (var rows = TableFile.Open(Path.Combine(folder, file.Path)))
        await using (var copy = await connection.BeginRawBinaryCopyAsync($"COPY {table.With(file.Columns)} FROM STDIN (FORMAT binary)", cancellationToken))
        {
            await rows.CopyToAsync(copy, cancellationToken);
        }

        await using var count = new NpgsqlCommand($"SELECT count(*) FROM {table.Quoted}", connection) { CommandTimeout = 0 };
        var restored = (long)(await count.ExecuteScalarAsync(cancellationToken))!;
        if (restored != file.Rows)
        {
            throw new CommandFailure($"{file.Table} has {restored} rows after its file was read instead of {file.Rows}. Nothing was restored.");
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(oltp) { Pooling = false, ApplicationName = "andi restore" }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
