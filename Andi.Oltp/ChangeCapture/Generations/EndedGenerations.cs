using Andi.Kafka;
using Andi.Oltp.ChangeCapture.Source;
using Andi.Sql;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Npgsql;

namespace Andi.Oltp.ChangeCapture.Generations;

/// <summary>Cleans up behind generations that have ended: their slots at once, their topics once nothing reads them any more. Can be done again.</summary>
internal sealed class EndedGenerations(CaptureDatabase database, KafkaConnection kafka, TimeProvider time, ILogger<EndedGenerations> logger)
{
    private static readonly string DropSlotsSql = EmbeddedSql.Read("ChangeCapture/Sql/drop_ended_slots.sql");
    private static readonly string TopicsSql = EmbeddedSql.Read("ChangeCapture/Sql/ended_topics.sql");
    private static readonly string NoteSql = EmbeddedSql.Read("ChangeCapture/Sql/note_topics_left.sql");
    private static readonly TimeSpan DeleteTimeout = TimeSpan.FromSeconds(30);

    public async Task DropSlotsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = database.Source.CreateCommand(DropSlotsSql);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                logger.SlotDropped(reader.GetString(0));
            }
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.ObjectInUse or PostgresErrorCodes.UndefinedObject)
        {
            // Somebody began to read from it, or dropped it, this very moment.
        }
    }

    /// <summary>
    /// Deletes the topics of ended generations up to <paramref name="last"/>, which nothing reads any more; where the broker cannot, they stay.
    /// </summary>
    public async Task LeaveTopicsAsync(int last, CancellationToken cancellationToken)
    {
        foreach (var (generation, topics) in await ReadTopicsAsync(last, cancellationToken))
        {
            if (!kafka.CanDeleteTopics)
            {
                logger.TopicsStay(generation, topics);
            }
            else if (topics.Count > 0)
            {
                await DeleteAsync(generation, topics, cancellationToken);
            }

            await using var note = database.Source.CreateCommand(NoteSql);
            note.Parameters.AddInOrder(generation, time.GetUtcNow());
            await note.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private async Task<Dictionary<int, List<string>>> ReadTopicsAsync(int last, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(TopicsSql);
        command.Parameters.AddInOrder(last);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var topics = new Dictionary<int, List<string>>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var generation = reader.GetInt32(0);
            if (!topics.TryGetValue(generation, out var names))
            {
                topics[generation] = names = [];
            }

            if (!reader.IsDBNull(1))
            {
                names.Add(kafka.TopicOf(generation, reader.GetString(1), reader.GetString(2)));
            }
        }

        return topics;
    }

    private async Task DeleteAsync(int generation, List<string> topics, CancellationToken cancellationToken)
    {
        using var admin = new AdminClientBuilder(kafka.ClientSettings()).LogTo(logger).Build();
        try
        {
            await admin.DeleteTopicsAsync(topics, new DeleteTopicsOptions { OperationTimeout = DeleteTimeout, RequestTimeout = DeleteTimeout })
                .WaitAsync(cancellationToken);
            logger.TopicsDeleted(generation, topics);
        }
        catch (DeleteTopicsException exception) when (exception.Results.TrueForAll(
            result => !result.Error.IsError || result.Error.Code == ErrorCode.UnknownTopicOrPart))
        {
            logger.TopicsDeleted(generation, topics);
        }
    }
}
