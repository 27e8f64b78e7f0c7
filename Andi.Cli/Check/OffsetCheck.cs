using Andi.Cli.Kafka;
using Andi.Cli.Terminal;
using Andi.Kafka;
using Andi.Sql;
using Npgsql;

namespace Andi.Cli.Check;

/// <summary>
/// Proves that every offset of every partition up to the one the ledger calls applied is accounted for exactly once, without a gap: reads the topics again and
/// compares, offset by offset, what <see cref="OffsetRule"/> says must have landed with what the landing table holds.
/// </summary>
internal sealed class OffsetCheck(NpgsqlDataSource ledger, CheckedWarehouse warehouse, KafkaConnection kafka)
{
    private const string Part = "offsets";

    public async Task<IReadOnlyList<Findings>> RunAsync(uint generation, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        var partitions = await PartitionsAsync(generation, cancellationToken);
        using var messages = new PartitionMessages(kafka);
        var all = new List<Findings>();
        foreach (var partition in partitions)
        {
            using var step = begin($"offsets of {partition}", partition.Applied + 1);
            var findings = new Findings(Part, partition.ToString());
            await new PartitionOffsets(partition, LandingTableOf(partition.Topic), generation, warehouse, messages, findings).RunAsync(step, cancellationToken);
            all.Add(findings);
        }

        all.AddRange(await OfNoPartitionAsync(generation, partitions, cancellationToken));
        return all;
    }

    private string LandingTableOf(string topic) => kafka.TryParseTopic(topic, out var parsed)
        ? $"{parsed.Table}_changes"
        : throw new CommandFailure($"The ledger's topic {topic} does not begin with the prefix {kafka.TopicPrefix}; is "
            + $"{Topology.SettingNames.KafkaTopicPrefix} set?");

    private async Task<IEnumerable<Findings>> OfNoPartitionAsync(
        uint generation, IReadOnlyList<LedgerPartition> partitions, CancellationToken cancellationToken)
    {
        var found = new List<Findings>();
        foreach (var table in await warehouse.TablesAsync("staging", cancellationToken))
        {
            var name = table[(table.IndexOf('.', StringComparison.Ordinal) + 1)..];
            if (!name.EndsWith("_changes", StringComparison.Ordinal))
            {
                continue;
            }

            var known = partitions.Where(partition => LandingTableOf(partition.Topic) == name).Select(partition => partition.Partition);
            var findings = new Findings(Part, $"{table}, rows of partitions that the ledger does not know");
            await foreach (
                var row in warehouse.OfUnknownPartitionsAsync(name, new() { { "generation", generation }, { "partitions", known } }, cancellationToken))
            {
                findings.Add($"partition {row.Key}", $"{row.Stands} rows", null);
            }

            found.Add(findings);
        }

        return found;
    }

    private async Task<IReadOnlyList<LedgerPartition>> PartitionsAsync(uint generation, CancellationToken cancellationToken)
    {
        await using var command = ledger.CreateCommand(EmbeddedSql.Read("Check/Sql/ledger_partitions.sql"));
        command.Parameters.AddInOrder((int)generation);
        var partitions = await command.ReadAllAsync(
            row => new LedgerPartition(
                row.GetString(0), row.GetInt32(1), row.GetInt64(2),
                row.GetFieldValue<long[]>(3).Zip(row.GetFieldValue<bool[]>(4)).ToDictionary(letter => letter.First, letter => letter.Second)),
            cancellationToken);
        return partitions.Count > 0 ? partitions
            : throw new CommandFailure($"The ledger knows no partition of generation {generation}: nothing has been ingested.");
    }
}

/// <summary>A partition as the ledger knows it.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="Partition">Its number.</param>
/// <param name="Applied">The last offset that is applied; −1 before the first.</param>
/// <param name="DeadLetters">Offsets that could not be ingested, and whether each has been replayed since.</param>
internal sealed record LedgerPartition(string Topic, int Partition, long Applied, IReadOnlyDictionary<long, bool> DeadLetters)
{
    public override string ToString() => $"{Topic} [{Partition}]";
}
