using System.CommandLine;

namespace Andi.Bench;

/// <summary>The command line.</summary>
/// <param name="Parts">Which parts, in their order; never empty.</param>
/// <param name="Runs">How often each measurement is repeated.</param>
/// <param name="Scale">Multiplies every size: 1 is what the targets are set for.</param>
/// <param name="Results">Where RESULTS.md and the figures behind it go; null: nowhere.</param>
internal sealed record BenchOptions(IReadOnlyList<IBenchmark> Parts, int Runs, double Scale, string? Results)
{
    private const string All = "all";
    private const int MostRuns = 100;

    /// <summary>Parses; answers <c>--help</c> and errors itself.</summary>
    /// <returns>The options, or null and the exit code where there is nothing to run.</returns>
    public static (BenchOptions? Options, int ExitCode) Parse(string[] args)
    {
        var parts = new Argument<string[]>("part")
        {
            Description = $"{All}, or some of: {string.Join(", ", BenchRun.Parts.Select(part => part.Name))}.",
            Arity = ArgumentArity.OneOrMore,
        };
        parts.AcceptOnlyFromAmong([All, .. BenchRun.Parts.Select(part => part.Name)]);
        var runs = new Option<int>("--runs") { Description = "Repetitions of each measurement.", HelpName = "N", DefaultValueFactory = _ => 3 };
        runs.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var number) || number is < 1 or > MostRuns))
            {
                result.AddError($"{token.Value} is not a number of runs: --runs takes 1 to {MostRuns}.");
            }
        });
        var scale = new Option<double>("--scale")
        {
            Description = "Multiplies every size, for instance 0.01 to see whether all works. Results of another scale than 1 are printed, not written.",
            HelpName = "F",
            DefaultValueFactory = _ => 1,
        };
        scale.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!double.TryParse(token.Value, out var number) || number is not (> 0 and <= 10)))
            {
                result.AddError($"{token.Value} is not a scale: --scale takes a number above 0, 10 at most.");
            }
        });

        var root = new RootCommand("Measures Andi beside floors and peers, in one run on one machine, and writes bench/RESULTS.md.") { parts, runs, scale };
        BenchOptions? options = null;
        root.SetAction(parsed =>
        {
            var names = parsed.GetRequiredValue(parts);
            var factor = parsed.GetValue(scale);
            options = new BenchOptions(
                [.. BenchRun.Parts.Where(part => names.Contains(All) || names.Contains(part.Name))],
                parsed.GetValue(runs),
                factor,
                factor == 1 ? Path.Combine(Andi.Testing.TestState.Solution(), "bench") : null);
        });
        var exitCode = root.Parse(args).Invoke();
        return (options, exitCode);
    }

    /// <summary>A size, scaled; at least 1.</summary>
    public int Sized(int size) => Math.Max(1, (int)Math.Round(size * Scale));
}
