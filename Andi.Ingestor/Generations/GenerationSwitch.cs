using Andi.ChangeEvents;
using Andi.Sql;
using Andi.Warehouse.Client;
using Microsoft.Extensions.Options;

namespace Andi.Ingestor.Generations;

/// <summary>
/// Switches readers to a newer generation of the rows once it has caught up. The current one is frozen meanwhile, so that the newer one comes as far as
/// anything that a reader may have seen: neither a position nor a row goes back. Every step may be repeated; one process at a time does them.
/// </summary>
internal sealed class GenerationSwitch(
    GenerationLedger ledger, ClickHouseClient warehouse, IOptions<GenerationOptions> options, TimeProvider time, ILogger<GenerationSwitch> logger)
{
    private static readonly string SwitchSql = EmbeddedSql.Read("Generations/Sql/switch_readers.sql");
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private long? _failedAt;

    /// <summary>Switches where a newer generation has caught up; says whether it did.</summary>
    public async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        if (_failedAt is { } failedAt && time.GetElapsedTime(failedAt) < options.Value.RetryDelay)
        {
            return false;
        }

        var current = await ledger.CurrentAsync(cancellationToken);
        var reached = await ledger.ReachedAsync(current, cancellationToken);
        if (await ledger.CaughtUpAsync(current, reached.Lowest, cancellationToken) is not { } next)
        {
            // The process that froze it may have died before it could finish.
            await ledger.UnfreezeAsync(current, cancellationToken);
            return false;
        }

        await ledger.FreezeAsync(current, cancellationToken);
        try
        {
            if (await CatchUpAsync(current, cancellationToken) is not ({ } caughtUp, var position))
            {
                await ledger.UnfreezeAsync(current, cancellationToken);
                _failedAt = time.GetTimestamp();
                logger.NotCaughtUp(next, current, options.Value.FreezeLimit, options.Value.RetryDelay);
                return false;
            }

            await SwitchAsync(caughtUp, cancellationToken);
            logger.Switched(caughtUp, current, position);
            return true;
        }
        catch (OperationCanceledException)
        {
            // The process stops: the next one repeats the step, but the current generation must not stay frozen until then. If readers were switched already,
            // they no longer see it, and whether it is frozen does not matter.
            await ledger.UnfreezeAsync(current, CancellationToken.None);
            throw;
        }
    }

    private async Task<(int? Generation, Position Position)> CatchUpAsync(int current, CancellationToken cancellationToken)
    {
        var frozenAt = time.GetTimestamp();
        while (time.GetElapsedTime(frozenAt) < options.Value.FreezeLimit)
        {
            // A batch that was announced before the freeze is still finished, and counts.
            var frozen = await ledger.ReachedAsync(current, cancellationToken);
            if (!frozen.HasPending && await ledger.CaughtUpAsync(current, frozen.Furthest, cancellationToken) is { } next)
            {
                return (next, frozen.Furthest);
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }

        return (null, default);
    }

    private async Task SwitchAsync(int generation, CancellationToken cancellationToken)
    {
        var statement = new ClickHouseStatement(SwitchSql) { Name = "switch_readers", Parameters = new() { { "generation", (uint)generation } } };
        await warehouse.ExecuteAsync(statement, cancellationToken);
        await ledger.NoteCurrentAsync(generation, cancellationToken);
    }
}
