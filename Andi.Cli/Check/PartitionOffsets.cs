using Andi.Cli.Kafka;
using Andi.Cli.Terminal;
using Confluent.Kafka;

namespace Andi.Cli.Check;

/// <summary>One pass over a partition: Kafka's messages and the landing table's rows side by side, both in the order of offsets.</summary>
internal sealed class PartitionOffsets(
    LedgerPartition partition, string landingTable, uint generation, CheckedWarehouse warehouse, PartitionMessages messages, Findings findings)
{
    private const int ReportEvery = 5_000;

    private long _standing;
    private UInt128 _largest;

    public async Task RunAsync(IWorkStep step, CancellationToken cancellationToken)
    {
        var place = new TopicPartition(partition.Topic, partition.Partition);
        var (first, end) = messages.Range(place);
        if (end <= partition.Applied)
        {
            findings.Add($"offsets {end}–{partition.Applied}", "applied, as the ledger says", "Kafka has no such offset");
        }

        await using var landed = warehouse.LandedAsync(
            landingTable,
            new() { { "generation", generation }, { "partition", partition.Partition }, { "applied", partition.Applied } },
            cancellationToken).GetAsyncEnumerator(cancellationToken);
        var current = await NextAsync(landed);
        while (current is not null && current.Offset < first)
        {
            // Kafka has let go of these; what they left is what the rest goes on from.
            Count(current);
            current = await NextAsync(landed);
        }

        var rule = new OffsetRule(partition.DeadLetters, _largest);
        var expected = first;
        foreach (var message in messages.Read(place, first, Math.Min(partition.Applied, end - 1), cancellationToken))
        {
            if (message.Offset != expected)
            {
                findings.Add($"offsets {expected}–{message.Offset - 1}", null, "messages without a gap");
            }

            expected = message.Offset + 1;
            while (current is not null && current.Offset < message.Offset)
            {
                current = await StrayAsync(current, landed);
            }

            var found = current?.Offset == message.Offset ? current : LandedRows.None(message.Offset);
            await CompareAsync(rule, message, found, cancellationToken);
            if (found == current)
            {
                Count(found);
                current = await NextAsync(landed);
            }

            if (++findings.Compared % ReportEvery == 0)
            {
                step.Report(message.Offset + 1);
            }
        }

        while (current is not null)
        {
            current = await StrayAsync(current, landed);
        }

        foreach (var letter in rule.NotReplayed.Where(letter => letter >= first))
        {
            findings.Add($"offset {letter}", "a dead letter that counts as replayed, but no replay has left a row", "the replay's rows");
        }

        step.Report(partition.Applied + 1);
    }

    private async Task CompareAsync(OffsetRule rule, ConsumeResult<byte[]?, byte[]?> message, LandedRows found, CancellationToken cancellationToken)
    {
        var (rows, why) = rule.Next(message, _standing, found);
        if (rows != found)
        {
            findings.Add($"offset {message.Offset.Value}", found.ToString(), rows.Added < 0 ? why : $"{rows}: {why}");
        }
        else if (why == "op t")
        {
            await CompareTruncationAsync(message.Offset, cancellationToken);
        }
    }

    private async Task CompareTruncationAsync(long offset, CancellationToken cancellationToken)
    {
        var standing = await warehouse.StandingAsync(
            landingTable,
            await warehouse.SourceColumnsAsync(landingTable, cancellationToken),
            new() { { "generation", generation }, { "partition", partition.Partition }, { "offset", offset } },
            cancellationToken);
        if (standing != 0)
        {
            findings.Add($"offset {offset}", $"{standing} rows stand after a truncation", "none does");
        }
    }

    private async Task<LandedRows?> StrayAsync(LandedRows stray, IAsyncEnumerator<LandedRows> landed)
    {
        findings.Add($"offset {stray.Offset}", stray.ToString(), "no row: Kafka has no such message");
        Count(stray);
        return await NextAsync(landed);
    }

    private void Count(LandedRows rows)
    {
        _standing += rows.Added - rows.Retracted;
        _largest = UInt128.Max(_largest, rows.Last);
    }

    private static async ValueTask<LandedRows?> NextAsync(IAsyncEnumerator<LandedRows> landed) => await landed.MoveNextAsync() ? landed.Current : null;
}
