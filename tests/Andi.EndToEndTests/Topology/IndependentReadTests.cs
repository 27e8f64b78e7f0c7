using ClickHouse.Driver.ADO;

namespace Andi.EndToEndTests.Topology;

/// <summary>The warehouse as ClickHouse's official driver sees it.</summary>
public sealed class IndependentReadTests(TopologyFixture topology)
{
    [Fact]
    public async Task Official_driver_reads_the_warehouse()
    {
        await using var connection = new ClickHouseConnection(topology.Warehouse);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "select count() from system.tables where database = 'facts' and name = 'student_scores'";

        var tables = await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        Convert.ToInt32(tables, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(1);
    }
}
