using Andi.Bench.Measuring;
using Andi.Testing;
using Andi.Topology;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Bench.Relay;

/// <summary>How long a relay took, and processor time meanwhile, in seconds.</summary>
/// <param name="Elapsed">From having the slot to the last confirmation.</param>
/// <param name="Sender">Of the server process of PostgreSQL that reads the WAL and sends its changes.</param>
/// <param name="Relay">Of <c>oltp-api</c>.</param>
/// <param name="Broker">Of Kafka.</param>
internal sealed record RelayTimes(double Elapsed, double Sender, double Relay, double Broker);

/// <summary>The process <c>oltp-api</c>, whose relay is to work off what waits in its slot.</summary>
internal sealed class RelayProcess(RunningAndi topology, NpgsqlDataSource database)
{
    /// <summary>The slot of the relay's first generation.</summary>
    public const string Slot = "andi";

    public Task StopAsync() => topology.Processes.StopAsync(ResourceNames.OltpApi);

    /// <summary>Starts the process and waits until all before <paramref name="end"/> is confirmed; times it from when the relay had the slot.</summary>
    public async Task<RelayTimes> RelayAsync(NpgsqlLogSequenceNumber end, CancellationToken cancellationToken)
    {
        var started = topology.Processes.StartAsync(ResourceNames.OltpApi, cancellationToken);
        var sender = (await SlotProgress.UntilAsync(database, Slot, progress => progress.Sender != 0, cancellationToken)).Sender;
        int[] processes = [sender, topology.Processes.IdOf(ResourceNames.OltpApi), topology.Processes.IdOf(ResourceNames.KafkaBroker)];
        var before = processes.Select(ProcessorTime.SecondsOf).ToList();
        var seconds = await Stopwatches.SecondsAsync(() => ConfirmedAsync(end, cancellationToken));
        var taken = processes.Select(ProcessorTime.SecondsOf).Zip(before, (after, then) => after - then).ToList();
        await started;
        return new RelayTimes(seconds, taken[0], taken[1], taken[2]);
    }

    public Task ConfirmedAsync(NpgsqlLogSequenceNumber end, CancellationToken cancellationToken) =>
        SlotProgress.UntilAsync(database, Slot, progress => progress.Confirmed >= end, cancellationToken);
}
