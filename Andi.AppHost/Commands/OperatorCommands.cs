#pragma warning disable ASPIREPROCESSCOMMAND001 // The commands of processes are an evaluation feature of Aspire 13.6.
using Andi.AppHost.State;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.AppHost.Commands;

/// <summary>
/// The operator's commands as buttons of the dashboard (and of <c>aspire resource NAME COMMAND</c>): each runs <c>Andi.Cli</c> against this host's
/// run.json and shows what it printed.
/// </summary>
internal static class OperatorCommands
{
    private const int LinesShown = 200;

    /// <param name="host">The host.</param>
    /// <param name="oltpApi">Gets what writes: seed, backup.</param>
    /// <param name="ingestor">Gets what concerns ingest: pause, continue, replay of dead letters.</param>
    /// <param name="analyticsApi">Gets what concerns the warehouse: check, resync.</param>
    public static void AddOperatorCommands(
        this AndiHost host, IResourceBuilder<ProjectResource> oltpApi, IResourceBuilder<ProjectResource> ingestor,
        IResourceBuilder<ProjectResource> analyticsApi)
    {
        if (!host.IsRunMode)
        {
            return;
        }

        oltpApi
            .WithCli(host, "seed", "Seed students", "PlantGrass", "Fill the stores with deterministic, realistic data.",
                [new() { Name = "students", Label = "Students", InputType = InputType.Number, Required = true, Value = "1000" }],
                inputs => ["seed", "--students", inputs.GetString("students")!])
            .WithCli(host, "backup", "Back up", "ArchiveArrowBack", "Both stores at one position, while writes go on.",
                [
                    new()
                    {
                        Name = "folder",
                        Label = "Folder (new or empty)",
                        InputType = InputType.Text,
                        Required = true,
                        Value = Path.Combine(Repository.Root, "backups", "dashboard"),
                    },
                ],
                inputs => ["backup", inputs.GetString("folder")!]);
        analyticsApi
            .WithCli(
                host, "check", "Check", "CheckmarkStarburst",
                "Prove that every aggregate equals its recomputation, and facts and dimensions equal PostgreSQL's rows.", [], _ => ["check"])
            .WithCli(
                host, "resync", "Resync", "ArrowSyncCircle",
                "Rebuild the warehouse from PostgreSQL beside the live rows; readers go over once it has caught up.",
                [], _ => ["resync"], confirmation: "Rebuild the whole warehouse from PostgreSQL? Reads and writes go on; "
                    + "the rows of the generation before are dropped after the switch.");
        ingestor
            .WithCli(
                host, "pause-ingest", "Pause ingest", "PauseCircle",
                "No batch is ingested until ingest is continued, or the time is over. Writes go on; readers see nothing newer.",
                [new() { Name = "minutes", Label = "For at most (minutes)", InputType = InputType.Number, Required = true, Value = "60" }],
                inputs => ["ingest", "pause", "--for", $"{TimeSpan.FromMinutes(inputs.GetInt32("minutes")):c}"],
                confirmation: "Pause ingest? Readers see nothing newer until it continues.")
            .WithCli(host, "continue-ingest", "Continue ingest", "PlayCircle", "Ends a pause.", [], _ => ["ingest", "continue"])
            .WithCli(host, "replay-dead-letters", "Replay dead letters", "MailArrowForward", "Have all outstanding dead letters tried again.",
                [], _ => ["dlq", "replay", "--all"], confirmation: "Try all outstanding dead letters again?");
    }

    private static IResourceBuilder<ProjectResource> WithCli(
        this IResourceBuilder<ProjectResource> resource, AndiHost host, string name, string displayName, string icon, string description,
        InteractionInput[] arguments, Func<InteractionInputCollection, string[]> commandLine, string? confirmation = null) =>
        resource.WithProcessCommand(
            name,
            displayName,
            context => new ProcessCommandSpec(Repository.Dotnet)
            {
                Arguments = [Repository.Assembly("Andi.Cli"), .. commandLine(context.Arguments), "--run-file", host.State.RunFile],
                WorkingDirectory = Repository.Root,
            },
            new ProcessCommandOptions
            {
                Description = description,
                IconName = icon,
                Arguments = arguments,
                ConfirmationMessage = confirmation,
                MaxOutputLineCount = LinesShown,
                Progress = new CommandProgressOptions { Title = displayName, Message = description },
                UpdateState = state =>
                    state.ResourceSnapshot.HealthStatus == HealthStatus.Healthy ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            });
}
