using Andi.Warehouse.Client;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.IntegrationTests.Warehouse;

/// <summary>What ClickHouse's users may do with the tables that are there once the warehouse has been migrated.</summary>
[Collection(AloneCollection.Name)]
public sealed class WarehouseUserTests(EnginesFixture engines) : IAsyncLifetime
{
    private const int AccessDenied = 497;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var client = Client(engines.Warehouse);
        await new WarehouseMigrator(client, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance)
            .MigrateAsync(cancellationToken: CancellationToken.None);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task User_for_reports_reads_every_mart_and_no_other_table()
    {
        using var admin = Client(engines.Warehouse);
        using var bi = Client(engines.WarehouseAs("andi_bi"));
        var tables = await admin.QueryAsync<Table>(
            // Those with a dot are the insides of views, of which a refresh makes and drops some.
            new("SELECT database, name FROM system.tables WHERE database NOT IN ('system', 'default') AND lower(database) <> 'information_schema' "
                + "AND name NOT LIKE '.%'"),
            Cancellation);
        tables.ShouldContain(table => table.Database == "marts");
        foreach (var table in tables)
        {
            (await ErrorAsync(bi, $"SELECT count() FROM {table.Database}.`{table.Name}`")).ShouldBe(table.Database == "marts" ? 0 : AccessDenied, table.Name);
        }

        // A mart is for everybody with the reports' password: none may have a student in it.
        (await bi.ScalarAsync<long>(new("SELECT count() FROM system.columns WHERE database = 'marts' AND name ILIKE '%student%'"), Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task Services_do_not_reach_what_is_not_theirs()
    {
        using var writer = Client(engines.WarehouseAs("andi_writer"));
        using var reader = Client(engines.WarehouseAs("andi_reader"));
        (await ErrorAsync(writer, "SELECT count() FROM ops.generations")).ShouldBe(0);
        (await ErrorAsync(writer, "INSERT INTO ops.generations SELECT * FROM ops.generations LIMIT 0")).ShouldBe(0);
        (await ErrorAsync(writer, "CREATE TABLE facts.more (n Int32) ENGINE = Memory")).ShouldBe(AccessDenied);
        (await ErrorAsync(writer, "DROP DATABASE ops")).ShouldBe(AccessDenied);
        (await ErrorAsync(reader, "SELECT count() FROM ops.generations")).ShouldBe(0);
        (await ErrorAsync(reader, "INSERT INTO ops.test_results SELECT * FROM ops.test_results LIMIT 0")).ShouldBe(0);
        (await ErrorAsync(reader, "INSERT INTO ops.generations SELECT * FROM ops.generations")).ShouldBe(AccessDenied);
        (await ErrorAsync(reader, "ALTER TABLE ops.generations DELETE WHERE 1")).ShouldBe(AccessDenied);
        (await ErrorAsync(reader, "CREATE TABLE ops.more (n Int32) ENGINE = Memory")).ShouldBe(AccessDenied);
    }

    private static ClickHouseClient Client(string connection) => new(ClickHouseOptions.Parse(connection), NullLogger<ClickHouseClient>.Instance);

    /// <returns>The error's code; 0: none.</returns>
    private static async Task<int> ErrorAsync(ClickHouseClient client, string sql)
    {
        try
        {
            await client.ExecuteAsync(new(sql), Cancellation);
            return 0;
        }
        catch (ClickHouseException refused)
        {
            return refused.Code;
        }
    }

    private sealed record Table(string Database, string Name);
}
