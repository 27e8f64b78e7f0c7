using System.CommandLine;

namespace Andi.Cli.Health;

/// <summary><c>health</c>: looks at every store and at the way between them, and says what is beyond a limit.</summary>
internal static class HealthCommand
{
    private const int Wrong = 1;

    public static Command Create()
    {
        var limits = new HealthLimitOptions();
        var json = new Option<bool>("--json") { Description = "Answer as JSON." };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "health",
            "Whether every store answers, how far relay and ingestors are behind, and how ClickHouse is: disk, active parts, unfinished mutations, failed inserts; and which "
            + $"dead letters are outstanding. Changes nothing. Ends with 0 where all is within its limit, {Wrong} where something is not, or could not be found out.")
        {
            json, runFile,
        };
        foreach (var limit in limits.All)
        {
            command.Options.Add(limit);
        }

        command.SetAction(async (arguments, cancellationToken) =>
        {
            var readings = await new HealthRun(RunningStores.Find(arguments.GetValue(runFile)), limits.Read(arguments)).RunAsync(cancellationToken);
            var output = new HealthOutput(readings.All(reading => reading.Ok), TimeProvider.System.GetUtcNow(), readings);
            output.Print(arguments.GetValue(json));
            return output.Ok ? 0 : Wrong;
        });
        return command;
    }
}
