using System.Text.RegularExpressions;
using Andi.Testing;

namespace Andi.IntegrationTests.Cli;

/// <summary>The Makefile's names lead to commands that are there, with options that these know.</summary>
public sealed partial class MakefileTests
{
    private static readonly string[] Names =
        ["up", "migrate", "load-sample-data", "health-check", "query-test", "performance", "backup", "restore", "export-data", "test", "load-test"];

    private static readonly Dictionary<string, string> NoEnvironment = [];

    [Fact]
    public async Task Every_name_leads_to_a_command_that_tells_what_it_does_and_how_it_ends()
    {
        var makefile = await File.ReadAllTextAsync(Path.Combine(TestState.Solution(), "Makefile"), TestContext.Current.CancellationToken);
        var targets = Target().Matches(makefile).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["recipe"].Value);
        Names.Except(targets.Keys).ShouldBeEmpty();
        foreach (var (name, recipe) in targets.Where(target => target.Value.Contains("$(CLI)", StringComparison.Ordinal)))
        {
            var command = Command().Match(recipe).Groups["command"].Value;
            var help = await CommandLine.RunAsync(TestState.Empty("makefile"), NoEnvironment, command, "--help");
            help.Code.ShouldBe(0, name);
            help.Output.ShouldContain("Ends with", customMessage: name);
            Option().Matches(recipe).Select(option => option.Value).ShouldAllBe(option => help.Output.Contains(option), name);
        }
    }

    [GeneratedRegex(@"^(?<name>[a-z-]+): ##[^\n]*\n(?<recipe>(?:\t[^\n]*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Target();

    [GeneratedRegex(@"\$\(CLI\) (?<command>[a-z-]+)")]
    private static partial Regex Command();

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex Option();
}
