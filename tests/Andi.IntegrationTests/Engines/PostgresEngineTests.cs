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

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
