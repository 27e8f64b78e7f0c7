using ClickHouse.Driver.ADO;

namespace Andi.IntegrationTests.Warehouse.Client;

/// <summary>What <c>check</c> relies on where it reads rows with the official driver.</summary>
[Collection(WarehouseCollection.Name)]
public sealed class OfficialDriverTests(ClickHouseFixture clickHouse)
{
    [Fact]
    public async Task Answer_that_breaks_off_throws_after_the_rows_that_came()
    {
        await using var connection = new ClickHouseConnection(new ClickHouseClientSettings
        {
            Host = clickHouse.Options.Endpoint.Host,
            Port = (ushort)clickHouse.Options.Endpoint.Port,
            Username = clickHouse.Options.Username,
            Password = clickHouse.Options.Password,
        });
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT toString(throwIf(number = 3000000)) AS key FROM numbers(10000000) SETTINGS max_threads = 1";
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var seen = 0;

        var failure = await Should.ThrowAsync<Exception>(async () =>
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                seen++;
            }
        });

        failure.ToString().ShouldContain("throwIf");
        seen.ShouldBeInRange(1, 3_000_000);
    }
}
