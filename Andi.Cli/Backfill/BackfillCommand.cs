using System.CommandLine;
using System.Globalization;
using Andi.Cli.Terminal;

namespace Andi.Cli.Backfill;

/// <summary><c>backfill</c>: gives columns that landed before they had a home their place.</summary>
internal static class BackfillCommand
{
    private const int SomeDidNotFit = 3;

    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only report what would be filled." };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "backfill",
            "Fill columns that a migration added to landing tables from the values that older rows kept in _unmapped. The command can be run again "
            + $"at any time. Tables derived from these rows need a resync afterwards. Ends with 0 if every value was filled, {SomeDidNotFit} if a "
            + "value did not fit its column and stays in _unmapped.")
        {
            dryRun, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var warehouse = RunningStores.Find(arguments.GetValue(runFile)).OpenWarehouse();
            var backfill = new LandingBackfill(warehouse);
            var left = 0L;
            var columns = await backfill.FindAsync(cancellationToken);
            foreach (var (column, rows) in columns)
            {
                var place = string.Create(CultureInfo.InvariantCulture, $"staging.{column.Table}.{column.Column}: {rows:N0} rows");
                if (arguments.GetValue(dryRun))
                {
                    Console.WriteLine($"{place} to fill");
                    continue;
                }

                var stayed = await WorkProgress.RunAsync(async begin =>
                {
                    using var step = begin($"backfill of {column.Table}.{column.Column}", rows);
                    var stayed = await backfill.FillAsync(column, cancellationToken);
                    step.Report(rows - stayed);
                    return stayed;
                });
                Console.WriteLine(stayed == 0
                    ? $"{place} filled"
                    : string.Create(CultureInfo.InvariantCulture, $"{place}, {stayed:N0} of them hold a value that is no {column.Type} and stay in _unmapped"));
                left += stayed;
            }

            if (columns.Count == 0)
            {
                Console.WriteLine("Nothing to fill.");
            }

            return left == 0 ? 0 : SomeDidNotFit;
        });
        return command;
    }
}
