using ClickHouse.Client.ADO;

namespace Andi.EndToEndTests.Topology;

/// <summary>The warehouse as a client sees it that nobody here wrote.</summary>
public sealed class IndependentReadTests(TopologyFixture topology)
{
    [Fact]
    public async Task ClickHouse_Client_reads_the_warehouse()
    {
        await using var connection = new ClickHouseConnection(topology.Warehouse);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "select count() from system.tables where database = 'facts' and name = 'student_scores'";

        var tables = await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        Convert.ToInt32(tables, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(1);
    }
}
