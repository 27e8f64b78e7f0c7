using Andi.Oltp.Access;
using Andi.Oltp.Audit;
using Andi.Sql;
using Andi.Topology;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Andi.Oltp.Areas;

/// <summary>
/// Brings the transactional database to the shape this assembly expects. Safe to run again and by several processes at once: one works, the others wait.
/// </summary>
public static class OltpMigrations
{
    /// <summary>The schema that holds one migration history table per area.</summary>
    internal const string Schema = "migrations";

    // Held by the session that migrates; any number will do that nothing else in this database uses.
    private const long LockKey = 0x616E6469_6D696772;
    private static readonly string GrantsSql = EmbeddedSql.Read("Storage/Sql/grants.sql");
    private static readonly TimeSpan LockTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Creates the database where it is missing and applies what it lacks.</summary>
    /// <param name="connectionString">Npgsql connection string of a role that may create tables and publications, and the database where it is missing.</param>
    /// <returns>What was applied, as <c>area/migration</c>, the audit log's last; empty where nothing was missing.</returns>
    /// <exception cref="TimeoutException">Another process held the lock for five minutes.</exception>
    public static async Task<IReadOnlyList<string>> ApplyAsync(string connectionString, CancellationToken cancellationToken)
    {
        await CreateDatabaseAsync(connectionString, cancellationToken);

        // Unpooled: nothing of this stays open behind a caller that is not a service.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        if (await IsOwnedByMigratorAsync(settings.ConnectionString, cancellationToken))
        {
            // What an administrator migrates belongs to the same role as the rest, which can then migrate it further.
            settings.Options = $"{settings.Options} -c role={DatabaseRoles.Migrator}".Trim();
        }

        await using var dataSource = NpgsqlDataSource.Create(settings);
        await using var session = await dataSource.OpenConnectionAsync(cancellationToken);
        await LockAsync(session, cancellationToken);

        var applied = new List<string>();
        foreach (var area in SubjectAreas.WithTables)
        {
            await using var context = area.CreateContext(dataSource);
            var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            await context.Database.MigrateAsync(cancellationToken);
            applied.AddRange(pending.Select(migration => $"{area.Name}/{migration}"));
        }

        applied.AddRange(await AuditMigration.ApplyAsync(session, Schema, cancellationToken));
        await TableAccess.ApplyAsync(session, Schema, [.. SubjectAreas.All.SelectMany(area => area.TableAccess)], cancellationToken);
        // As long as the lock is held: of two that grant the same at once, PostgreSQL lets one fail.
        await using var grants = new NpgsqlCommand(GrantsSql, session);
        await grants.ExecuteNonQueryAsync(cancellationToken);
        return applied;
    }

    /// <summary>What <see cref="ApplyAsync"/> would apply; changes nothing.</summary>
    /// <param name="connectionString">Npgsql connection string; where the database is missing, everything is pending.</param>
    /// <returns>As <c>area/migration</c>, in the order in which they would be applied.</returns>
    public static async Task<IReadOnlyList<string>> ReadPendingAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        var pending = new List<string>();
        foreach (var area in SubjectAreas.WithTables)
        {
            await using var context = area.CreateContext(dataSource);
            pending.AddRange((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Select(migration => $"{area.Name}/{migration}"));
        }

        pending.AddRange(await AuditMigration.ReadPendingAsync(dataSource, Schema, cancellationToken));
        return pending;
    }

    private static async Task<bool> IsOwnedByMigratorAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT pg_get_userbyid(datdba) = $1 FROM pg_database WHERE datname = current_database()", connection)
        {
            Parameters = { new() { Value = DatabaseRoles.Migrator } },
        };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task LockAsync(NpgsqlConnection session, CancellationToken cancellationToken)
    {
        await using var command = session.CreateCommand();
        command.CommandText =
            $"SET lock_timeout = {(int)LockTimeout.TotalMilliseconds}; SELECT pg_advisory_lock({LockKey}); CREATE SCHEMA IF NOT EXISTS {Schema}";
        command.CommandTimeout = (int)LockTimeout.TotalSeconds + 30;
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new TimeoutException($"Another process has been migrating the database for more than {LockTimeout.TotalMinutes:0} minutes.", exception);
        }
    }

    private static async Task CreateDatabaseAsync(string connectionString, CancellationToken cancellationToken)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        try
        {
            await using var probe = new NpgsqlConnection(builder.ConnectionString);
            await probe.OpenAsync(cancellationToken);
            return;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            // Created below.
        }

        var database = builder.Database!;
        builder.Database = "postgres";
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE \"{database.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process created it meanwhile.
        }
    }
}
