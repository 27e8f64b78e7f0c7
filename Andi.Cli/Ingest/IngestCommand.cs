using System.CommandLine;
using Andi.Sql;

namespace Andi.Cli.Ingest;

/// <summary><c>ingest</c>: pauses and continues ingest. A pause is a lease in the ledger, so that a forgotten one ends by itself.</summary>
internal static class IngestCommand
{
    private static readonly TimeSpan DefaultPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(7);

    public static Command Create() => new("ingest", "Pause ingest and let it continue.") { Pause(), Continue() };

    private static Command Pause()
    {
        var lasts = new Option<TimeSpan>("--for")
        {
            Description = $"How long at most, as [d.]hh:mm:ss, up to {LongestPause.TotalDays:0} days; then ingest continues by itself.",
            HelpName = "TIME",
            DefaultValueFactory = _ => DefaultPause,
        };
        lasts.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<TimeSpan>() is var time && (time <= TimeSpan.Zero || time > LongestPause))
            {
                result.AddError($"'{time:c}' is not a pause: --for takes a time up to {LongestPause:c}.");
            }
        });
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "pause",
            "No batch is ingested until 'ingest continue', or until the time is over. Writes go on, and nothing is lost; readers see nothing newer. "
            + "Ends with 0 once it is paused.")
        {
            lasts, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var ledger = RunningStores.Find(arguments.GetValue(runFile)).OpenLedger();
            await using var pause = ledger.CreateCommand(EmbeddedSql.Read("Ingest/Sql/pause_ingest.sql"));
            pause.Parameters.AddInOrder(arguments.GetValue(lasts));
            var until = (DateTime)(await pause.ExecuteScalarAsync(cancellationToken))!;
            Console.WriteLine($"Ingest is paused until {until:u}. Batches that are under way are finished.");
        });
        return command;
    }

    private static Command Continue()
    {
        var runFile = RunningStores.RunFileOption();
        var command = new Command("continue", "End a pause. Ends with 0, also where ingest was not paused.") { runFile };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var ledger = RunningStores.Find(arguments.GetValue(runFile)).OpenLedger();
            await using var end = ledger.CreateCommand(EmbeddedSql.Read("Ingest/Sql/continue_ingest.sql"));
            Console.WriteLine(await end.ExecuteNonQueryAsync(cancellationToken) > 0 ? "Ingest continues." : "Ingest was not paused.");
        });
        return command;
    }
}
