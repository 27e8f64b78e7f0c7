using Npgsql;

namespace Andi.Oltp.ChangeCapture.Generations;

/// <summary>
/// The right to decide on a slot's generation, as a session lock in PostgreSQL. The session is kept awake; where its process has stalled PostgreSQL ends
/// it, and another instance gets its turn.
/// </summary>
internal sealed class SlotTurn : IAsyncDisposable
{
    private readonly NpgsqlConnection _session;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _awake;

    private SlotTurn(NpgsqlConnection session, TimeSpan interval, TimeProvider time)
    {
        _session = session;
        _awake = StayAwakeAsync(interval, time);
    }

    /// <param name="database">Where the slot is.</param>
    /// <param name="slot">Its name.</param>
    /// <param name="stalledAfter">After this long without a sign the turn passes on.</param>
    /// <param name="time">For the signs.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<SlotTurn> TakeAsync(
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
            return new SlotTurn(session, stalledAfter / 5, time);
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
        await _awake;
        await _session.DisposeAsync();
        _stop.Dispose();
    }

    private async Task StayAwakeAsync(TimeSpan interval, TimeProvider time)
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
            // Ended, or lost: whoever has the turn now decides, and what this one notes later is refused.
        }
    }
}
