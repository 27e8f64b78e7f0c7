using Andi.Oltp.ChangeCapture.Source;
using Npgsql;

namespace Andi.Oltp.ChangeCapture.Generations;

/// <summary>
/// The right to decide on a slot's generation, as a session lock in PostgreSQL. The lease keeps its session alive; where the process has stalled,
/// PostgreSQL ends the session and another instance gets the lease.
/// </summary>
internal sealed class SlotLease : IAsyncDisposable
{
    private readonly NpgsqlConnection _session;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _keepAlive;

    private SlotLease(NpgsqlConnection session, TimeSpan interval, TimeProvider time)
    {
        _session = session;
        _keepAlive = KeepAliveAsync(interval, time);
    }

    /// <param name="database">The database of the slot.</param>
    /// <param name="slot">Its name.</param>
    /// <param name="stalledAfter">After this long without a statement PostgreSQL ends the lease.</param>
    public static async Task<SlotLease> TakeAsync(
        CaptureDatabase database, string slot, TimeSpan stalledAfter, TimeProvider time, CancellationToken cancellationToken)
    {
        var session = database.NewSession(stalledAfter);
        try
        {
            await session.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(hashtextextended('andi.change_capture.' || $1, 0))", session)
            {
                Parameters = { new() { Value = slot } },
                CommandTimeout = 0,
            };
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new SlotLease(session, stalledAfter / 5, time);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keepAlive;
        await _session.DisposeAsync();
        _stop.Dispose();
    }

    private async Task KeepAliveAsync(TimeSpan interval, TimeProvider time)
    {
        try
        {
            using var timer = new PeriodicTimer(interval, time);
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await using var command = new NpgsqlCommand("SELECT 1", _session);
                await command.ExecuteScalarAsync(_stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or NpgsqlException)
        {
            // Ended, or lost: whoever has the lease now decides, and what this one writes later is refused.
        }
    }
}
