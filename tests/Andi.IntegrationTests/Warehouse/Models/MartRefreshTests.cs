using Andi.Warehouse.Migrations;
using Andi.Warehouse.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.IntegrationTests.Warehouse.Models;

/// <summary>ClickHouse's own scheduler refreshes marts, each after those that it depends on.</summary>
[Collection(WarehouseCollection.Name)]
public sealed class MartRefreshTests(ClickHouseFixture clickHouse)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_mart_is_refreshed_without_an_error()
    {
        await new WarehouseMigrator(clickHouse.Client, clickHouse.Options, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance).MigrateAsync(cancellationToken: Cancel);
        var marts = Model.All().Count(model => model.Layer == ModelLayer.Mart);
        const string Refreshed = "SELECT count() FROM system.view_refreshes WHERE database = 'marts' AND last_success_time IS NOT NULL AND exception = ''";
        var deadline = DateTime.UtcNow + Patience;
        while (await clickHouse.Client.ScalarAsync<long>(new(Refreshed), Cancel) < marts)
        {
            var state = await clickHouse.Client.ScalarAsync<string>(new("SELECT toString(groupArray((view, status, last_success_time, exception))) FROM system.view_refreshes"), Cancel);
            (DateTime.UtcNow < deadline).ShouldBeTrue(state);
            await Task.Delay(500, Cancel);
        }
    }
}
