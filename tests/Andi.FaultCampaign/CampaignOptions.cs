using System.CommandLine;
using Andi.Testing;

namespace Andi.FaultCampaign;

/// <summary>The command line.</summary>
/// <param name="Faults">How many faults.</param>
/// <param name="Seed">Of the faults and of what is written.</param>
/// <param name="Report">Where the report goes.</param>
internal sealed record CampaignOptions(int Faults, int Seed, string Report)
{
    private const int MostFaults = 100_000;
    private const string DefaultReport = "docs/fault-campaign.md";

    /// <summary>Parses; answers <c>--help</c> and errors itself.</summary>
    /// <returns>The options, or null and the exit code where there is nothing to run.</returns>
    public static (CampaignOptions? Options, int ExitCode) Parse(string[] args)
    {
        var faults = new Option<int>("--faults")
        {
            Description = $"How many faults, 0 (only write and compare) to {MostFaults}.",
            HelpName = "N",
            DefaultValueFactory = _ => 25,
        };
        faults.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var number) || number is < 0 or > MostFaults))
            {
                result.AddError($"{token.Value} is not a number of faults: --faults takes 0 to {MostFaults}.");
            }
        });
        var seed = new Option<int>("--seed") { Description = "Decides which faults, when, and what is written.", HelpName = "S", DefaultValueFactory = _ => 1 };
        seed.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !int.TryParse(token.Value, out _))
            {
                result.AddError($"{token.Value} is not a seed: --seed takes a whole number.");
            }
        });
        var report = new Option<string>("--report")
        {
            Description = $"Write the report there, in Markdown. Default: {DefaultReport} of this clone.",
            HelpName = "FILE",
            DefaultValueFactory = _ => Path.Combine(TestState.Solution(), DefaultReport),
        };

        var root = new RootCommand(
            "Runs the whole topology, writes, lets faults happen, and compares every answer with PostgreSQL's. Exit code 0: not one value differed.")
        {
            faults, seed, report,
        };
        CampaignOptions? options = null;
        root.SetAction(parsed => options = new CampaignOptions(parsed.GetValue(faults), parsed.GetValue(seed), parsed.GetValue(report)!));
        var exitCode = root.Parse(args).Invoke();
        return (options, exitCode);
    }
}
