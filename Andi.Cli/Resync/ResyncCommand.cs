using System.CommandLine;
using System.Globalization;
using Andi.Cli.Terminal;
using Npgsql;

namespace Andi.Cli.Resync;

/// <summary><c>resync</c>: rebuilds the warehouse from PostgreSQL beside the live rows, and has readers go over to it.</summary>
internal static class ResyncCommand
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(250);

    public static Command Create()
    {
        var waitDrop = new Option<bool>("--wait-drop") { Description = "Wait until the rows of the generation before are dropped, too (a minute after the switch, unless set otherwise)." };
        var patience = new Option<TimeSpan>("--patience")
        {
            Description = "Give up waiting when nothing has moved for so long, as hh:mm:ss; the rebuild itself goes on.",
            DefaultValueFactory = _ => TimeSpan.FromMinutes(5),
        };
        var publication = new Option<string>("--publication") { Description = "The publication that the relay reads.", DefaultValueFactory = _ => "andi" };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "resync",
            "Rebuild the warehouse from PostgreSQL beside the live rows, and have readers go over to it in one step once it has caught up. Writes and reads go on. "
            + "Interrupted anywhere it can be run again: it goes on with a rebuild that is under way. Ends with 0 once readers see it, with 1 where nothing moves any more.")
        {
            waitDrop, patience, publication, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var stores = RunningStores.Find(arguments.GetValue(runFile));
            await using var oltp = NpgsqlDataSource.Create(stores.Oltp);
            await using var ledger = stores.OpenLedger();
            var rebuild = new Rebuild(oltp, ledger, arguments.GetValue(publication)!);
            var (before, _) = await rebuild.CurrentAsync(cancellationToken);
            var asked = await rebuild.RequestAsync(before, cancellationToken);
            Console.WriteLine(asked ? "A new generation is asked for." : "A new generation is under way already; going on with it.");
            var current = await WorkProgress.RunAsync(async begin =>
            {
                var switched = await UntilSwitchedAsync(rebuild, before, begin, arguments.GetValue(patience), cancellationToken);
                if (arguments.GetValue(waitDrop))
                {
                    await UntilDroppedAsync(rebuild, begin, arguments.GetValue(patience), cancellationToken);
                }

                return switched;
            });
            Console.WriteLine($"Readers see generation {current}; it was {before}.");
            return 0;
        });
        return command;
    }

    private static async Task<int> UntilSwitchedAsync(
        Rebuild rebuild, int before, Func<string, double?, IWorkStep> begin, TimeSpan patience, CancellationToken cancellationToken)
    {
        IWorkStep? step = null;
        try
        {
            (int, string)? shown = null;
            RebuildState? last = null;
            ulong? worstLag = null;
            var movedAt = TimeProvider.System.GetTimestamp();
            while (true)
            {
                if ((await rebuild.CurrentAsync(cancellationToken)).Current is var current && current > before)
                {
                    return current;
                }

                var state = await rebuild.ReadAsync(before, cancellationToken);
                if (state != last)
                {
                    (last, movedAt) = (state, TimeProvider.System.GetTimestamp());
                }
                else if (TimeProvider.System.GetElapsedTime(movedAt) > patience)
                {
                    throw new CommandFailure($"Nothing has moved for {patience}. Do relay and ingestor run? Run resync again to go on waiting.");
                }

                if (state is not null)
                {
                    var title = Title(state);
                    if (shown != (state.Generation, title))
                    {
                        step?.Dispose();
                        step = begin($"generation {state.Generation}: {title}", null);
                        (shown, worstLag) = ((state.Generation, title), null);
                    }

                    Report(step!, state, ref worstLag);
                }

                await Task.Delay(PollEvery, cancellationToken);
            }
        }
        finally
        {
            step?.Dispose();
        }
    }

    private static string Title(RebuildState state) => state switch
    {
        { State: "requested" } => "waiting for the relay",
        { IsInSnapshot: true } => "snapshot rows",
        _ => "catching up",
    };

    private static void Report(IWorkStep step, RebuildState state, ref ulong? worstLag)
    {
        if (state.IsInSnapshot)
        {
            step.Report(state.Events, Math.Max(state.SnapshotRows, state.Events));
            return;
        }

        worstLag = Math.Max(worstLag ?? 0, state.LagBytes);
        step.Report(worstLag.Value - state.LagBytes, worstLag, string.Create(CultureInfo.InvariantCulture, $"{state.LagBytes:N0} bytes of WAL behind"));
    }

    private static async Task UntilDroppedAsync(Rebuild rebuild, Func<string, double?, IWorkStep> begin, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var step = begin("waiting for the old rows to be dropped", null);
        var since = TimeProvider.System.GetTimestamp();
        while ((await rebuild.CurrentAsync(cancellationToken)).Older > 0)
        {
            if (TimeProvider.System.GetElapsedTime(since) > patience)
            {
                throw new CommandFailure($"The old rows have not been dropped in {patience}; does an ingestor run, and is its grace period longer than that?");
            }

            await Task.Delay(PollEvery, cancellationToken);
        }
    }
}
