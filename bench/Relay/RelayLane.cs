using Andi.Bench.Measuring;
using Andi.Kafka;
using Andi.Oltp.ChangeCapture;
using Andi.Oltp.ChangeCapture.Generations;
using Andi.Oltp.ChangeCapture.Relay;
using Andi.Oltp.ChangeCapture.Sink;
using Andi.Oltp.ChangeCapture.Source;
using Andi.Sql;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Andi.Bench.Relay;

/// <summary>
/// The product's relay from a slot of its own, for the tables of one publication, in this process. What it sends goes to topics of a generation that nobody
/// reads.
/// </summary>
/// <param name="name">For its slot, whose name is made as the product makes it: this, and the generation.</param>
/// <param name="publication">Its tables.</param>
/// <param name="generation">Its own.</param>
internal sealed class RelayLane(string name, string publication, int generation)
{
    private readonly ChangeCaptureOptions _options = new() { Slot = name, Publication = publication, SenderTimeout = TimeSpan.FromSeconds(2) };

    public string Slot => $"{name}_{generation}";

    public string Publication => publication;

    /// <summary>Notes its generation and its tables, before the first run.</summary>
    public async Task PrepareAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(EmbeddedSql.Read("Relay/Sql/lane_generation.sql"));
        command.Parameters.AddInOrder(generation, publication, Slot);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Relays until all of the backlog is confirmed.</summary>
    /// <returns>Seconds from when it had the slot to then, and processor time in seconds of PostgreSQL's process that sent to it.</returns>
    public async Task<(double Elapsed, double Sender)> RelayAsync(
        NpgsqlDataSource database, IReadOnlyDictionary<string, string> connections, KafkaConnection kafka, Backlog backlog, CancellationToken cancellationToken)
    {
        await using var capture = new CaptureDatabase(connections[Topology.ConnectionNames.Oltp]);
        await using var announced = new AnnouncedTopics(connections[Topology.ConnectionNames.Ingest], TimeProvider.System);
        var options = Options.Create(_options);
        var generations = new GenerationStore(capture, options, TimeProvider.System);
        var sessions = new RelaySessions(capture, kafka, announced, generations, options, TimeProvider.System, NullLoggerFactory.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var streaming = Task.Run(() => sessions.StreamAsync(generation, (_, _) => started.TrySetResult(), stop.Token), CancellationToken.None);
        await Task.WhenAny(started.Task, streaming);
        var confirmed = SlotProgress.UntilAsync(database, Slot, progress => progress.Confirmed >= backlog.End, stop.Token);
        var seconds = await Stopwatches.SecondsAsync(() => Task.WhenAny(streaming, confirmed));
        if (streaming.IsCompleted)
        {
            await streaming; // It has failed, and says why.
        }

        var sender = ProcessorTime.SecondsOf((await confirmed).Sender);
        await stop.CancelAsync();
        await streaming.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return (seconds, sender);
    }
}
