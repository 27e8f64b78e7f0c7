using Andi.Ingestor.Landing;
using Andi.Ingestor.Ownership;
using Andi.Sql;
using Andi.Warehouse.Client;

namespace Andi.Ingestor.Partitions;

/// <summary>
/// Switches readers to a newer generation once its snapshot is complete, which the first event behind the snapshot shows. Saying it again is no change.
/// </summary>
internal sealed class GenerationSwitch(ClickHouseClient warehouse, ILogger<GenerationSwitch> logger)
{
    private static readonly string SwitchSql = EmbeddedSql.Read("Landing/Sql/switch_generation.sql");

    // The first generation is there from the beginning.
    private uint _current = 1;

    public async Task FollowAsync(PartitionProgress progress, CancellationToken cancellationToken)
    {
        if (progress.IsInSnapshot || progress.Generation <= _current)
        {
            return;
        }

        var statement = new ClickHouseStatement(SwitchSql)
        {
            Name = "switch_generation",
            Parameters = new ClickHouseParameters { { "generation", (uint?)progress.Generation } },
        };
        await warehouse.ExecuteAsync(statement, cancellationToken);
        _current = progress.Generation;
        logger.GenerationSwitched(progress.Generation);
    }
}
