extern alias apphost;

using Andi.Bench.Measuring;
using Andi.Sql;
using Andi.Topology;
using apphost::Andi.AppHost.Native;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Bench.Relay;

/// <summary>The process <c>oltp-api</c>, whose relay is to work off what waits in its slot.</summary>
internal sealed class RelayProcess(NativeTopology topology, NpgsqlDataSource database)
{
    /// <summary>The slot of the relay's first generation.</summary>
    public const string Slot = "andi";

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly string ProgressSql = EmbeddedSql.Read("Relay/Sql/slot_progress.sql");

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await topology.Processes.StopAsync(ResourceNames.OltpApi);
        await UntilAsync(progress => !progress.IsActive, cancellationToken);
    }

    /// <summary>Starts the process and waits until all before <paramref name="end"/> is confirmed.</summary>
    /// <returns>Seconds from when the relay had the slot to then.</returns>
    public async Task<double> RelayAsync(NpgsqlLogSequenceNumber end, CancellationToken cancellationToken)
    {
        var started = topology.Processes.StartAsync(ResourceNames.OltpApi, cancellationToken);
        await UntilAsync(progress => progress.IsActive, cancellationToken);
        var seconds = await Stopwatches.SecondsAsync(() => ConfirmedAsync(end, cancellationToken));
        await started;
        return seconds;
    }

    public Task ConfirmedAsync(NpgsqlLogSequenceNumber end, CancellationToken cancellationToken) =>
        UntilAsync(progress => progress.Confirmed >= end, cancellationToken);

    private async Task UntilAsync(Func<(bool IsActive, NpgsqlLogSequenceNumber Confirmed), bool> isSo, CancellationToken cancellationToken)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Limit;
        while (!isSo(await ProgressAsync(cancellationToken)))
        {
            if (TimeProvider.System.GetUtcNow() > deadline)
            {
                throw new TimeoutException($"Slot {Slot} is not where it should be after {Limit}.");
            }

            await Task.Delay(PollEvery, cancellationToken);
        }
    }

    private async Task<(bool IsActive, NpgsqlLogSequenceNumber Confirmed)> ProgressAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ProgressSql);
        command.Parameters.AddInOrder(Slot);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetBoolean(0), reader.GetFieldValue<NpgsqlLogSequenceNumber>(1)) : default;
    }
}
