using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Cli.Terminal;

namespace Andi.Cli.Export;

/// <summary><c>export</c>: a table of the warehouse as a file for other programs.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var table = new Argument<string>("TABLE") { Description = "With its database: facts.student_scores, dims.teachers, agg.classroom_scores, staging.scores_changes." };
        var file = new Argument<string>("FILE") { Description = $"Its ending tells the format: {ExportFormat.Endings}." };
        var force = new Option<bool>("--force") { Description = "Replace the file where it is there already." };
        var json = new Option<bool>("--json") { Description = "Answer as JSON." };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "export",
            "Write a table of facts, dims, agg or staging into a file, as it stands: the newest version of each row of the generation that readers see, nothing that was deleted or "
            + "replaced; aggregates added up, one row for each group. The file has its name only once it is whole. Ends with 0 where it was written, else with 1.")
        {
            table, file, force, json, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var warehouse = RunningStores.Find(arguments.GetValue(runFile)).OpenWarehouse();
            var (name, path) = (arguments.GetValue(table)!, arguments.GetValue(file)!);
            var bytes = await WorkProgress.RunAsync(begin => new ExportRun(warehouse).RunAsync(name, path, arguments.GetValue(force), begin, cancellationToken));
            Console.WriteLine(arguments.GetValue(json)
                ? JsonSerializer.Serialize(new ExportOutput(name, Path.GetFullPath(path), bytes), ExportOutputJson.Default.ExportOutput)
                : $"{name}: {Amount.Bytes(bytes)} in {path}");
            return 0;
        });
        return command;
    }
}

/// <summary>What <c>export</c> answers.</summary>
internal sealed record ExportOutput(string Table, string File, long Bytes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ExportOutput))]
internal sealed partial class ExportOutputJson : JsonSerializerContext;
