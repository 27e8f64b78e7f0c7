using Andi.Cli.Kafka;
using Andi.Kafka;
using Andi.Sql;
using Confluent.Kafka;
using Npgsql;

namespace Andi.Cli.Health;

/// <summary>How far behind are relay and ingestors, and what could they not ingest?</summary>
internal sealed class PipelineReadings(NpgsqlDataSource oltp, NpgsqlDataSource ledger, KafkaConnection kafka, HealthLimits limits)
{
    public const string LagCheck = "lag";
    public const string LettersCheck = "dead letters";
    public const string SlotCheck = "slot lag";
    public const string CaptureCheck = "capture";

    private const string MessagesCheck = "messages waiting";
    private const string InsertCheck = "insert unconfirmed";

    /// <summary>One for each slot of a generation that is relayed.</summary>
    public async Task<IReadOnlyList<Reading>> SlotsAsync(CancellationToken cancellationToken)
    {
        await using var command = oltp.CreateCommand(EmbeddedSql.Read("Health/Sql/slots.sql"));
        var readings = await command.ReadAllAsync(
            row => Slot(
                row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetInt64(2), row.IsDBNull(3) ? 0 : row.GetInt64(3), row.GetBoolean(4),
                row.GetString(5)),
            cancellationToken);
        return readings.Count > 0 ? readings : [Reading.Unknown(SlotCheck, "relay", "No generation is relayed.")];
    }

    /// <summary>One for each table whose changes PostgreSQL does not send whole; one that says 0 where there is none.</summary>
    public async Task<IReadOnlyList<Reading>> FlawsAsync(CancellationToken cancellationToken)
    {
        await using var command = oltp.CreateCommand(EmbeddedSql.Read("Health/Sql/flawed_tables.sql"));
        var readings = await command.ReadAllAsync(row => Reading.Unknown(CaptureCheck, row.GetString(0), row.GetString(1)), cancellationToken);
        return readings.Count > 0 ? readings : [Reading.AtMost(CaptureCheck, "all tables", 0, "not captured", 0)];
    }

    /// <summary>What the ledger says of each partition that readers see, and how much Kafka has beyond that.</summary>
    /// <param name="isKafkaThere">Else its messages are not counted.</param>
    public async Task<IReadOnlyList<Reading>> PartitionsAsync(bool isKafkaThere, CancellationToken cancellationToken)
    {
        await using var command = ledger.CreateCommand(EmbeddedSql.Read("Health/Sql/partitions.sql"));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        using var messages = isKafkaThere ? new PartitionMessages(kafka) : null;
        var readings = new List<Reading>();
        while (await row.ReadAsync(cancellationToken))
        {
            var partition = new TopicPartition(row.GetString(0), row.GetInt32(1));
            var subject = $"{partition.Topic} [{partition.Partition.Value}]";
            readings.Add(row.IsDBNull(3)
                ? Reading.Unknown(LagCheck, subject, "nothing is applied yet")
                : Reading.AtMost(LagCheck, subject, row.GetDouble(3), "ms", limits.Lag.TotalMilliseconds));
            if (!row.IsDBNull(4))
            {
                readings.Add(Reading.AtMost(InsertCheck, subject, row.GetDouble(4), "ms", limits.InsertAge.TotalMilliseconds));
            }

            if (messages is not null)
            {
                readings.Add(Waiting(messages, partition, subject, row.GetInt64(2)));
            }
        }

        return readings.Count > 0 ? readings : [Reading.Unknown(LagCheck, "ingestor", "The ledger knows no partition: nothing has been ingested.")];
    }

    /// <summary>One for each topic that has outstanding ones; one that says 0 where none has.</summary>
    public async Task<IReadOnlyList<Reading>> DeadLettersAsync(CancellationToken cancellationToken)
    {
        await using var command = ledger.CreateCommand(EmbeddedSql.Read("Health/Sql/outstanding_letters.sql"));
        var readings = await command.ReadAllAsync(
            row => Reading.AtMost(LettersCheck, row.GetString(0), row.GetInt64(1), "outstanding", limits.DeadLetters, "dlq list says why"),
            cancellationToken);
        return readings.Count > 0 ? readings : [Reading.AtMost(LettersCheck, "all topics", 0, "outstanding", limits.DeadLetters)];
    }

    private Reading Slot(string slot, string state, long? lag, long held, bool isRead, string promise)
    {
        if (lag is null)
        {
            return Reading.Unknown(SlotCheck, slot, $"its generation is {state}, and it is not there");
        }

        var reading = Reading.AtMost(SlotCheck, slot, lag.Value, "bytes", limits.SlotLagBytes, $"holds back {Terminal.Amount.Bytes(held)}");
        return (isRead, promise) switch
        {
            (false, _) => reading with { Ok = false, Detail = $"no relay reads it; {reading.Detail}" },
            (_, "lost" or "unreserved") => reading with { Ok = false, Detail = $"its WAL is {promise}; {reading.Detail}" },
            _ => reading,
        };
    }

    private Reading Waiting(PartitionMessages messages, TopicPartition partition, string subject, long applied)
    {
        try
        {
            return Reading.AtMost(MessagesCheck, subject, Math.Max(0, messages.Range(partition).End - applied - 1), "messages", limits.LagMessages);
        }
        catch (CommandFailure failure)
        {
            return Reading.Unknown(MessagesCheck, subject, failure.Message);
        }
    }
}
