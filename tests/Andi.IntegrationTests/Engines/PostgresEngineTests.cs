using Npgsql;

namespace Andi.IntegrationTests.Engines;

public sealed class PostgresEngineTests(EnginesFixture engines)
{
    [Fact]
    public async Task Decodes_what_is_committed()
    {
        await using var connection = new NpgsqlConnection(await engines.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        (await ScalarAsync(connection, "select count(*) from pg_create_logical_replication_slot('engine_test', 'test_decoding', true)")).ShouldBe(1L);
        await ScalarAsync(connection, "create table t (id int primary key)");
        await ScalarAsync(connection, "insert into t values (1), (2)");

        var inserts = await ScalarAsync(
            connection, "select count(*) from pg_logical_slot_get_changes('engine_test', null, null) where data like 'table public.t: INSERT%'");

        inserts.ShouldBe(2L);
    }

    [Fact]
    public async Task Refuses_a_wrong_password()
    {
        var wrong = new NpgsqlConnectionStringBuilder(engines.Ingest) { Password = "wrong", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);

        var refused = await Should.ThrowAsync<PostgresException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));

        refused.SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task Log_has_the_failures_of_statements_but_nothing_of_what_was_written()
    {
        const string Name = "Ysolde Wimblethrop-Log";
        await using var connection = new NpgsqlConnection(await engines.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await ScalarAsync(connection, "create table t (name text primary key check (length(name) < 60), other text)");
        await FailsAsync($"insert into t values ('{Name}'), ('{Name}')", PostgresErrorCodes.UniqueViolation);
        await FailsAsync($"insert into t values (repeat('{Name}', 9))", PostgresErrorCodes.CheckViolation);
        await using (var parameter = new NpgsqlCommand("insert into t values ($1), ($1)", connection) { Parameters = { new() { Value = Name } } })
        {
            await Should.ThrowAsync<PostgresException>(() => parameter.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        var marker = $"no_such_table_{Guid.NewGuid():N}";
        await FailsAsync($"select '{Name}' from {marker}", PostgresErrorCodes.UndefinedTable);

        // The last failure is there: so are those before it.
        var file = Path.Combine(engines.StateFolder, "logs", "postgres.log");
        await Operations.AndiUnderTest.WaitAsync("the log", async () => (await ReadAsync(file)).Contains(marker, StringComparison.Ordinal));
        (await ReadAsync(file)).ShouldNotContain(Name);

        async Task FailsAsync(string sql, string code) =>
            (await Should.ThrowAsync<PostgresException>(() => ScalarAsync(connection, sql))).SqlState.ShouldBe(code);

        static async Task<string> ReadAsync(string file)
        {
            await using var log = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(log);
            return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
