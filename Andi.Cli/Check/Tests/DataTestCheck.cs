using Andi.Cli.Terminal;
using Andi.Warehouse.DataTests;

namespace Andi.Cli.Check.Tests;

/// <summary>Runs every data test, and keeps the results.</summary>
internal sealed class DataTestCheck(CheckedWarehouse warehouse)
{
    public async Task<IReadOnlyList<Findings>> RunAsync(Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        var tests = DataTest.All();
        var run = warehouse.DataTests();
        var results = new List<DataTestResult>();
        var all = new List<Findings>();
        using var step = begin("data tests", tests.Count);
        foreach (var test in tests)
        {
            var result = await run.RunAsync(test, cancellationToken);
            results.Add(result);
            if (result.Status == DataTestResult.Error)
            {
                throw new CommandFailure($"The data test {test.Name} could not be run: {result.Message}");
            }

            var findings = new Findings(CheckParts.Tests, test.Name) { Compared = 1 };
            findings.AddAll(result.FailingRows, result.Sample, test.Says);
            all.Add(findings);
            step.Report(results.Count, tests.Count);
        }

        await run.KeepAsync(results, cancellationToken);
        return all;
    }
}
