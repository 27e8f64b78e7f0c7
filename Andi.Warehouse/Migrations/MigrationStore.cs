using Andi.Warehouse.Client;

namespace Andi.Warehouse.Migrations;

/// <summary>
/// <c>ops.schema_migrations</c>: which files were applied, with which text. <c>ops.schema_migration_steps</c>: which statements of a file were, so that
/// a run that was interrupted continues behind the last one. Both tables only grow; the newest row of a file counts.
/// </summary>
internal sealed class MigrationStore(ClickHouseClient client)
{
    private static readonly string[] Tables =
    [
        "CREATE DATABASE IF NOT EXISTS ops",
        """
        CREATE TABLE IF NOT EXISTS ops.schema_migrations
        (
            id String,
            path String,
            checksum String,
            duration_ms UInt64,
            applied_at DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC')
        )
        ENGINE = MergeTree
        ORDER BY (id, applied_at)
        """,
        """
        CREATE TABLE IF NOT EXISTS ops.schema_migration_steps
        (
            id String,
            step UInt32,
            checksum String,
            applied_at DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC')
        )
        ENGINE = MergeTree
        ORDER BY (id, step, applied_at)
        """,
    ];

    public async Task EnsureTablesAsync(CancellationToken cancellationToken)
    {
        foreach (var table in Tables)
        {
            await client.ExecuteAsync(new(table), cancellationToken);
        }
    }

    /// <summary>Checksums of the applied files, by id.</summary>
    public async Task<IReadOnlyDictionary<string, string>> AppliedAsync(CancellationToken cancellationToken)
    {
        var rows = await client.QueryAsync<AppliedFile>(
            new("SELECT id, argMax(checksum, applied_at) AS checksum FROM ops.schema_migrations GROUP BY id") { Name = "schema_migrations" },
            cancellationToken);
        return rows.ToDictionary(row => row.Id, row => row.Checksum);
    }

    /// <summary>Checksums of the statements of a versioned file that were applied, in order.</summary>
    public async Task<IReadOnlyList<string>> StepsAsync(MigrationFile file, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT step, argMax(checksum, applied_at) AS checksum
            FROM ops.schema_migration_steps
            WHERE id = {id:String}
            GROUP BY step
            ORDER BY step
            """;
        var rows = await client.QueryAsync<AppliedStep>(
            new(Sql) { Name = "schema_migration_steps", Parameters = new() { { "id", file.Id } } }, cancellationToken);
        return [.. rows.Select(row => row.Checksum)];
    }

    public Task RecordStepAsync(MigrationFile file, int step, string checksum, CancellationToken cancellationToken) => client.ExecuteAsync(
        new("INSERT INTO ops.schema_migration_steps (id, step, checksum) SELECT {id:String}, {step:UInt32}, {checksum:String}")
        {
            Parameters = new() { { "id", file.Id }, { "step", step }, { "checksum", checksum } },
        },
        cancellationToken);

    public Task RecordAsync(MigrationFile file, TimeSpan duration, CancellationToken cancellationToken) => client.ExecuteAsync(
        new("INSERT INTO ops.schema_migrations (id, path, checksum, duration_ms) SELECT {id:String}, {path:String}, {checksum:String}, {ms:UInt64}")
        {
            Parameters = new() { { "id", file.Id }, { "path", file.Path }, { "checksum", file.Checksum }, { "ms", (ulong)duration.TotalMilliseconds } },
        },
        cancellationToken);

    private sealed record AppliedFile(string Id, string Checksum);

    private sealed record AppliedStep(uint Step, string Checksum);
}
