using Andi.Topology;

namespace Andi.IntegrationTests.Engines;

public sealed class EngineProcessTests(EnginesFixture engines)
{
    [Theory]
    [InlineData(ResourceNames.Postgres)]
    [InlineData(ResourceNames.ZooKeeper)]
    [InlineData(ResourceNames.KafkaBroker)]
    [InlineData(ResourceNames.ClickHouse)]
    public void No_engine_runs_as_root(string name)
    {
        // "Uid: real effective saved file-system"
        var user = File.ReadLines($"/proc/{engines.Processes.IdOf(name)}/status").Single(line => line.StartsWith("Uid:", StringComparison.Ordinal));

        user.Split('\t')[1..].ShouldNotContain("0");
    }
}
