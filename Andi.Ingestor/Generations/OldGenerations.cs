using Andi.Sql;
using Andi.Warehouse.Client;
using Microsoft.Extensions.Options;

namespace Andi.Ingestor.Generations;

/// <summary>
/// Drops generations that readers have left: their rows in every table that is partitioned by generation, then the ledger of their topics. Names no table.
/// </summary>
internal sealed class OldGenerations(GenerationLedger ledger, ClickHouseClient warehouse, IOptions<GenerationOptions> options, ILogger<OldGenerations> logger)
{
    private static readonly string PartsSql = EmbeddedSql.Read("Generations/Sql/parts_of_generation.sql");

    public async Task DropAsync(CancellationToken cancellationToken)
    {
        foreach (var generation in await ledger.LeftBehindAsync(options.Value.Grace, cancellationToken))
        {
            var statement = new ClickHouseStatement(PartsSql) { Name = "parts_of_generation", Parameters = new() { { "generation", (uint)generation } } };
            var partitions = await warehouse.QueryAsync<PartitionRow>(statement, cancellationToken);
            foreach (var partition in partitions)
            {
                // A partition id is made of letters, digits and dashes.
                var table = $"{Identifier.Quote(partition.Database)}.{Identifier.Quote(partition.Table)}";
                var drop = new ClickHouseStatement($"ALTER TABLE {table} DROP PARTITION ID '{partition.Partition}'") { Name = "drop_partition" };
                await warehouse.ExecuteAsync(drop, cancellationToken);
            }

            await ledger.RetireAsync(generation, cancellationToken);
            logger.Dropped(generation, partitions.Count);
        }
    }
}

internal sealed record PartitionRow(string Database, string Table, string Partition);
