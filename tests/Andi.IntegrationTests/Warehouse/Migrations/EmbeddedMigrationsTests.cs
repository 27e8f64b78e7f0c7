using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.IntegrationTests.Warehouse.Migrations;

[Collection(WarehouseCollection.Name)]
public sealed class EmbeddedMigrationsTests(ClickHouseFixture clickHouse)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_files_apply_and_then_none_is_left()
    {
        var migrator = new WarehouseMigrator(clickHouse.Client, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance);
        await migrator.MigrateAsync(cancellationToken: Cancel);
        (await migrator.MigrateAsync(cancellationToken: Cancel)).AreNone.ShouldBeTrue();
        (await clickHouse.Client.ScalarAsync<uint>(new("SELECT generation FROM ops.generations FINAL WHERE switch = 1"), Cancel)).ShouldBe(1u);
    }
}
