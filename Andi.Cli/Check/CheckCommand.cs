using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Cli.Terminal;

namespace Andi.Cli.Check;

/// <summary><c>check</c>: proves that the warehouse is exactly what PostgreSQL says.</summary>
internal static class CheckCommand
{
    private const int Differs = 3;

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Answer as JSON." };
        var parts = new Option<string[]>("--part")
        {
            Description = "Only this part; may be given several times. Default: all.",
            AllowMultipleArgumentsPerToken = true,
        };
        parts.AcceptOnlyFromAmong([.. CheckParts.All]);
        var wait = new Option<TimeSpan>("--wait")
        {
            Description = "How long the warehouse may take to reach PostgreSQL's position, as hh:mm:ss.",
            DefaultValueFactory = _ => TimeSpan.FromMinutes(1),
        };
        var anchor = new Option<AuditHead?>("--audit-anchor")
        {
            Description = "A seal of the audit log as an earlier check told it (auditHead), as SEQ:HASH: nothing up to it may have been rewritten since.",
            HelpName = "SEQ:HASH",
            CustomParser = AuditHead.Parse,
        };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "check",
            "Prove that the warehouse is exact: every message of the change topics is accounted for once, every aggregate equals its recomputation, "
            + $"facts and dimensions equal PostgreSQL's rows, every data test passes, and the audit log's hash chain "
            + $"is whole. Ends with 0 if all of this holds, {Differs} if something "
            + "differs (the answer says what), 1 if the comparison could not be made.")
        {
            json, parts, wait, anchor, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var stores = RunningStores.Find(arguments.GetValue(runFile));
            await using var ledger = stores.OpenLedger();
            using var warehouse = stores.OpenWarehouse();
            var run = new CheckRun(ledger, new CheckedWarehouse(warehouse), stores, arguments.GetValue(wait), arguments.GetValue(anchor));
            var wanted = arguments.GetValue(parts) is { Length: > 0 } given ? given : [.. CheckParts.All];
            var output = await WorkProgress.RunAsync(begin => run.RunAsync(wanted, begin, cancellationToken));
            output.Print(arguments.GetValue(json));
            return output.Ok ? 0 : Differs;
        });
        return command;
    }
}

/// <summary>What the check answers, for people and for programs.</summary>
/// <param name="Ok">Nothing differs.</param>
/// <param name="Generation">Whose rows were checked: the one that readers see.</param>
/// <param name="Position">Where PostgreSQL's rows were compared; null where they were not.</param>
/// <param name="AuditHead">The last seal of the audit log, to be kept elsewhere; null where the log was not checked or is empty.</param>
internal sealed record CheckOutput(bool Ok, uint Generation, string? Position, AuditHead? AuditHead, IReadOnlyList<Findings> Findings)
{
    public void Print(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(this, CheckJson.Default.CheckOutput));
            return;
        }

        foreach (var finding in Findings.Where(finding => finding.Differences > 0))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{finding.Part}: {finding.Subject}: {finding.Differences:N0} differ"));
            foreach (var difference in finding.Shown)
            {
                Console.WriteLine($"  {difference.Key}\n    stands: {difference.Stands ?? "nothing"}\n    should: {difference.Should ?? "nothing"}");
            }

            if (finding.Differences > finding.Shown.Count)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  … and {finding.Differences - finding.Shown.Count:N0} more"));
            }
        }

        foreach (var part in Findings.GroupBy(finding => finding.Part))
        {
            var (compared, differ) = (part.Sum(finding => finding.Compared), part.Sum(finding => finding.Differences));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part.Key}: {compared:N0} compared in {part.Count()} places, {differ:N0} differ"));
        }

        if (AuditHead is not null)
        {
            Console.WriteLine($"The audit log ends with {AuditHead}; --audit-anchor {AuditHead} proves later that nothing before was rewritten.");
        }

        Console.WriteLine($"{(Ok ? "Everything holds" : "Something differs")}: generation "
            + $"{Generation}{(Position is null ? "" : $", PostgreSQL's rows at {Position}")}.");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CheckOutput))]
internal sealed partial class CheckJson : JsonSerializerContext;
