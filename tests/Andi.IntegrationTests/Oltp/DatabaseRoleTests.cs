using Andi.Ingestor.Ledger;
using Andi.Oltp.Areas;
using Andi.Topology;
using Npgsql;

namespace Andi.IntegrationTests.Oltp;

/// <summary>Each login role can do what its program does, and nothing beyond. <c>{table}</c> is any table of an area.</summary>
public sealed class DatabaseRoleTests(EnginesFixture engines)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_api_writes_rows_and_changes_no_table()
    {
        await CanAsync(DatabaseRoles.OltpApi, await engines.Migrated.CopyOltpAsync(Cancellation),
            "SELECT * FROM {table}",
            "INSERT INTO {table} SELECT * FROM {table} LIMIT 0",
            "DELETE FROM {table} WHERE false",
            "SELECT pg_logical_emit_message(true, 'andi.traceparent', 'a')",
            "CREATE TEMPORARY TABLE staged (line bigint)");
        await CannotAsync(DatabaseRoles.OltpApi, await engines.Migrated.CopyOltpAsync(Cancellation),
            "CREATE TABLE public.more (n int)",
            "CREATE SCHEMA more",
            "CREATE FUNCTION public.more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "CREATE PUBLICATION more",
            "ALTER PUBLICATION andi DROP TABLE {table}",
            "ALTER TABLE {table} ADD COLUMN more int",
            "ALTER TABLE {table} REPLICA IDENTITY DEFAULT",
            "ALTER TABLE {table} DISABLE TRIGGER ALL",
            "DROP TABLE {table}",
            "TRUNCATE {table}",
            "CREATE TABLE andi.more (n int)",
            "CREATE ROLE more",
            "SET ROLE andi_migrator",
            "SET ROLE postgres",
            "SET session_replication_role = 'replica'",
            "SELECT pg_create_logical_replication_slot('more', 'pgoutput')",
            "SELECT pg_read_file('PG_VERSION')",
            "COPY (SELECT 1) TO PROGRAM 'true'",
            "COPY (SELECT 1) TO '/var/more'",
            "ALTER SYSTEM SET ssl = off");
    }

    [Fact]
    public async Task Relay_reads_everything_and_writes_its_own_schema_only()
    {
        await CanAsync(DatabaseRoles.Relay, await engines.Migrated.CopyOltpAsync(Cancellation),
            "SELECT * FROM {table}",
            "CREATE TABLE andi.more (n int)",
            "SELECT pg_create_logical_replication_slot('role_test', 'pgoutput', true)",
            "SELECT pg_logical_emit_message(false, 'andi.heartbeat', '', true)");
        await CannotAsync(DatabaseRoles.Relay, await engines.Migrated.CopyOltpAsync(Cancellation),
            "INSERT INTO {table} SELECT * FROM {table} LIMIT 0",
            "DELETE FROM {table} WHERE false",
            "TRUNCATE {table}",
            "ALTER TABLE {table} ADD COLUMN more int",
            "CREATE TABLE public.more (n int)",
            "ALTER PUBLICATION andi DROP TABLE {table}",
            "SET ROLE andi_oltp_api",
            "SELECT pg_read_file('PG_VERSION')");
        await CanAsync(DatabaseRoles.Relay, await engines.Migrated.CopyLedgerAsync(Cancellation),
            "SELECT * FROM retention",
            "INSERT INTO generations (generation, announced_at) VALUES (2, now()) ON CONFLICT (generation) DO NOTHING");
        await CannotAsync(DatabaseRoles.Relay, await engines.Migrated.CopyLedgerAsync(Cancellation),
            "UPDATE partitions SET applied_offset = 1",
            "DELETE FROM generations",
            "INSERT INTO holds VALUES ('a', 'b', now())");
    }

    [Fact]
    public async Task Ingestor_writes_the_ledger_and_the_read_api_only_reads_it()
    {
        await CanAsync(DatabaseRoles.Ledger, await engines.Migrated.CopyLedgerAsync(Cancellation),
            "UPDATE partitions SET applied_offset = applied_offset WHERE false",
            "INSERT INTO retention (oldest_month, noted_at) VALUES ('2026-01-01', now())",
            "DELETE FROM holds");
        await CannotAsync(DatabaseRoles.Ledger, await engines.Migrated.CopyLedgerAsync(Cancellation),
            "CREATE TABLE public.more (n int)", "DROP TABLE partitions", "TRUNCATE partitions", "ALTER TABLE partitions DROP COLUMN fence");
        await CanAsync(DatabaseRoles.Analytics, await engines.Migrated.CopyLedgerAsync(Cancellation), "SELECT * FROM partitions", "SELECT * FROM dead_letters");
        await CannotAsync(DatabaseRoles.Analytics, await engines.Migrated.CopyLedgerAsync(Cancellation),
            "UPDATE partitions SET applied_offset = 1", "DELETE FROM holds", "INSERT INTO retention (oldest_month, noted_at) VALUES ('2026-01-01', now())");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tables_belong_to_the_migrator_whoever_migrates(bool byAdministrator)
    {
        var database = await engines.CreateDatabaseAsync(Cancellation);
        await ExecuteAsync($"ALTER DATABASE {new NpgsqlConnectionStringBuilder(database).Database} OWNER TO andi_migrator");
        var connection = byAdministrator ? database : engines.As(DatabaseRoles.Migrator, database);

        await OltpMigrations.ApplyAsync(connection, Cancellation);
        await LedgerSchema.MigrateAsync(connection, Cancellation);

        (await ExecuteAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = 'andi_migrator'")).ShouldBeOfType<long>()
            .ShouldBeGreaterThan(10);
        (await ExecuteAsync("SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'migrations') AND tableowner <> 'andi_migrator'")).ShouldBe(0L);

        async Task<object?> ExecuteAsync(string sql)
        {
            await using var administrator = new NpgsqlConnection(database + ";Pooling=false");
            await administrator.OpenAsync(Cancellation);
            await using var command = new NpgsqlCommand(sql, administrator);
            return await command.ExecuteScalarAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Read_api_notes_and_reads_the_audit_log_and_nothing_else_of_the_transactional_database()
    {
        await CanAsync(DatabaseRoles.Analytics, await engines.Migrated.CopyOltpAsync(Cancellation),
            "SELECT count(*) FROM audit.entries", "SELECT count(*) FROM audit.seals");
        await CannotAsync(DatabaseRoles.Analytics, await engines.Migrated.CopyOltpAsync(Cancellation),
            "SELECT * FROM students", "UPDATE audit.entries SET caller = 'x'", "DELETE FROM audit.entries", "INSERT INTO audit.seals DEFAULT VALUES");
    }

    [Fact]
    public async Task Ingestor_does_not_reach_the_transactional_database()
    {
        await using var connection = new NpgsqlConnection(engines.As(DatabaseRoles.Ledger, engines.Oltp));
        var refused = await Should.ThrowAsync<PostgresException>(() => connection.OpenAsync(Cancellation));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private async Task CanAsync(string role, string database, params string[] statements)
    {
        foreach (var statement in statements)
        {
            (await RunAsync(role, database, statement)).ShouldBeNull(statement);
        }
    }

    private async Task CannotAsync(string role, string database, params string[] statements)
    {
        foreach (var statement in statements)
        {
            (await RunAsync(role, database, statement)).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, statement);
        }
    }

    /// <returns>The state of the error, or null.</returns>
    private async Task<string?> RunAsync(string role, string database, string statement)
    {
        await using var connection = new NpgsqlConnection(engines.As(role, database));
        await connection.OpenAsync(Cancellation);
        await using var table = new NpgsqlCommand("SELECT min(format('public.%I', tablename)) FROM pg_tables WHERE schemaname = 'public'", connection);
        var name = await table.ExecuteScalarAsync(Cancellation) as string ?? "";
        await using var command = new NpgsqlCommand(statement.Replace("{table}", name, StringComparison.Ordinal), connection);
        try
        {
            await command.ExecuteNonQueryAsync(Cancellation);
            return null;
        }
        catch (PostgresException exception)
        {
            return exception.SqlState;
        }
    }
}
