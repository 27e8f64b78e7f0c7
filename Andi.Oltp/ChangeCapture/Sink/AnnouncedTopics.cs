using Andi.ChangeEvents;
using Andi.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Oltp.ChangeCapture.Sink;

/// <summary>
/// The relay's side of the ingestors' ledger (database <c>ingest</c>): says which topics come, and with how many partitions, before their first event,
/// so that no reader takes the positions of the others for the whole; and learns which generation readers read.
/// </summary>
internal sealed class AnnouncedTopics(string connectionString, TimeProvider time) : IAsyncDisposable
{
    private static readonly string AnnounceSql = EmbeddedSql.Read("ChangeCapture/Sql/announce_topics.sql");
    private static readonly string GenerationsSql = EmbeddedSql.Read("ChangeCapture/Sql/ledger_generations.sql");

    // Made when it is needed: an instance that does not relay has no connection string for it.
    private readonly Lazy<NpgsqlDataSource> _ledger = new(() => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 4, ApplicationName = "andi change relay" }));

    /// <summary>Announces topics of a generation, which the broker creates where they are missing. Saying it again changes nothing.</summary>
    /// <param name="generation">Theirs.</param>
    /// <param name="names">Their names.</param>
    /// <param name="topics">Tells how many partitions each has.</param>
    /// <param name="startsAt">Nothing of theirs is at or below this position.</param>
    /// <param name="cancellationToken">Gives up; nothing is announced then.</param>
    /// <exception cref="InvalidOperationException">Readers read a newer generation already.</exception>
    public async Task AnnounceAsync(
        int generation, IReadOnlyList<string> names, ChangeTopics topics, Position startsAt, CancellationToken cancellationToken)
    {
        var partitions = await topics.PartitionsOfAsync(names, cancellationToken);
        await using var command = _ledger.Value.CreateCommand(AnnounceSql);
        command.Parameters.AddInOrder(
            generation,
            time.GetUtcNow(),
            names.ToArray(),
            partitions,
            new NpgsqlLogSequenceNumber(startsAt.CommitLsn),
            (long)startsAt.Index);
        if (!(bool)(await command.ExecuteScalarAsync(cancellationToken))!)
        {
            throw new InvalidOperationException($"Readers read a newer generation than {generation}; it has nothing to announce any more.");
        }
    }

    /// <summary>The generation that readers read, and the last one that nothing reads any more; null where there is none.</summary>
    public async Task<(int? Current, int? Retired)> ReadGenerationsAsync(CancellationToken cancellationToken)
    {
        await using var command = _ledger.Value.CreateCommand(GenerationsSql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.IsDBNull(0) ? null : reader.GetInt32(0), reader.IsDBNull(1) ? null : reader.GetInt32(1));
    }

    public ValueTask DisposeAsync() => _ledger.IsValueCreated ? _ledger.Value.DisposeAsync() : ValueTask.CompletedTask;
}
