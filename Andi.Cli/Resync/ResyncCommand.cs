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
        var waitDrop = new Option<bool>("--wait-drop")
        {
            Description = "Also wait until the rows of the previous generation were dropped (a minute after the switch, by default).",
        };
        var timeout = new Option<TimeSpan>("--patience")
        {
            Description = "Stop waiting if nothing has moved for this long, as hh:mm:ss; the rebuild itself goes on.",
            DefaultValueFactory = _ => TimeSpan.FromMinutes(5),
        };
        var table = new Option<string?>("--table")
        {
            Description = "Send the rows of one table anew instead, in place: quicker, but readers see them go and come back.",
        };
        var publication = new Option<string>("--publication") { Description = "The publication that the relay reads.", DefaultValueFactory = _ => "andi" };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "resync",
            "Rebuild the warehouse from PostgreSQL beside the live rows, and switch readers over in one step once it has caught up. Writes and "
            + "reads go on. An interrupted resync can be run again: it continues a rebuild that is under way. Ends with 0 once readers see the new "
            + "generation (with --table, once all rows were sent), with 1 if nothing has moved for as long as --patience.")
        {
            table, waitDrop, timeout, publication, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var stores = RunningStores.Find(arguments.GetValue(runFile));
            await using var oltp = NpgsqlDataSource.Create(stores.Oltp);
            if (arguments.GetValue(table) is { } one)
            {
                await new TableResync(oltp, arguments.GetValue(publication)!).RunAsync(one, arguments.GetValue(timeout), cancellationToken);
                Console.WriteLine($"All rows of {one} were sent anew; ingestors take them in now.");
                return 0;
            }

            await using var ledger = stores.OpenLedger();
            var rebuild = new Rebuild(oltp, ledger, arguments.GetValue(publication)!);
            var (before, _) = await rebuild.CurrentAsync(cancellationToken);
            var asked = await rebuild.RequestAsync(before, cancellationToken);
            Console.WriteLine(asked ? "A new generation was requested." : "A new generation is already being built; waiting for it.");
            var current = await WorkProgress.RunAsync(async begin =>
            {
                var switched = await UntilSwitchedAsync(rebuild, before, begin, arguments.GetValue(timeout), cancellationToken);
                if (arguments.GetValue(waitDrop))
                {
                    await UntilDroppedAsync(rebuild, begin, arguments.GetValue(timeout), cancellationToken);
                }

                return switched;
            });
            Console.WriteLine($"Readers see generation {current}; it was {before}.");
            return 0;
        });
        return command;
    }

    private static async Task<int> UntilSwitchedAsync(
        Rebuild rebuild, int before, Func<string, double?, IWorkStep> begin, TimeSpan timeout, CancellationToken cancellationToken)
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
                else if (TimeProvider.System.GetElapsedTime(movedAt) > timeout)
                {
                    throw new CommandFailure($"Nothing has moved for {timeout}. Are the relay and the ingestor running? Run resync again to continue waiting.");
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

    private static async Task UntilDroppedAsync(Rebuild rebuild, Func<string, double?, IWorkStep> begin, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var step = begin("waiting for the old rows to be dropped", null);
        var since = TimeProvider.System.GetTimestamp();
        while ((await rebuild.CurrentAsync(cancellationToken)).Older > 0)
        {
            if (TimeProvider.System.GetElapsedTime(since) > timeout)
            {
                throw new CommandFailure($"The old rows were not dropped within {timeout}. Is an ingestor running, and is its grace period shorter than that?");
            }

            await Task.Delay(PollEvery, cancellationToken);
        }
    }
}
