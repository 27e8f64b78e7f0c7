using Andi.IntegrationTests.Warehouse;
using Andi.Oltp.Areas;
using Andi.Warehouse.Client;
using Andi.Warehouse.Migrations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.IntegrationTests.Oltp;

/// <summary>The fields of every record against the columns of the warehouse's landing table, so that none is forgotten on the way.</summary>
[Collection(WarehouseCollection.Name)]
public sealed class LandingColumnTests(ClickHouseFixture clickHouse)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Landing_tables_have_exactly_the_columns_of_the_records()
    {
        await new WarehouseMigrator(clickHouse.Client, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance)
            .MigrateAsync(cancellationToken: Cancel);
        await using var none = NpgsqlDataSource.Create("Host=none");
        foreach (var area in SubjectAreas.WithTables)
        {
            await using var context = area.CreateContext(none);
            foreach (var record in area.Records)
            {
                var columns = context.Model.GetEntityTypes().Single(type => type.GetTableName() == record.Table).GetProperties()
                    .Select(property => property.GetColumnName()).ToList();
                record.Shapes.Prepend(record.Key).Select(field => field.Column).ShouldBeSubsetOf(columns, record.Table);
                (await LandedAsync(record.Table)).ShouldBe(columns, ignoreOrder: true, $"the landing table of {record.Table}");
            }
        }
    }

    private async Task<string[]> LandedAsync(string table) => (await clickHouse.Client.ScalarAsync<string>(
        new ClickHouseStatement(
            "SELECT arrayStringConcat(groupArray(name), ',') FROM system.columns "
            + "WHERE database = 'staging' AND table = {table:String} AND NOT startsWith(name, '_')")
        {
            Parameters = new() { { "table", $"{table}_changes" } },
        },
        Cancel)).Split(',');
}
