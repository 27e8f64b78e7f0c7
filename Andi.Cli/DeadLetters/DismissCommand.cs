using System.CommandLine;
using System.Globalization;
using Andi.Cli.Check;
using Andi.Cli.Terminal;

namespace Andi.Cli.DeadLetters;

/// <summary>
/// <c>dlq dismiss</c>: messages that can never be ingested, and without which nothing is missing, since later changes of their rows have come through or undone
/// them. Whether that is so is not taken on trust: the warehouse's rows are compared with PostgreSQL's first.
/// </summary>
internal static class DismissCommand
{
    private const int Differs = 3;

    public static Command Create()
    {
        var choice = new LetterChoice();
        var because = new Option<string>("--because") { Description = "Why there will be no replay; kept with the dead letter.", Required = true };
        var wait = new Option<TimeSpan>("--wait")
        {
            Description = "How long the warehouse may take to reach PostgreSQL's position, as hh:mm:ss.",
            DefaultValueFactory = _ => TimeSpan.FromMinutes(1),
        };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "dismiss",
            "Say that nothing is missing without dead letters. All rows are compared with PostgreSQL's first. Ends with 0 if they are equal and the dead "
            + $"letters are dismissed, {Differs} if rows differ: the answer says which, and nothing is dismissed.")
        {
            because, wait, runFile,
        };
        choice.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(because) is not null && string.IsNullOrWhiteSpace(result.GetValue(because)))
            {
                result.AddError("--because must say something.");
            }
        });
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var stores = RunningStores.Find(arguments.GetValue(runFile));
            await using var source = stores.OpenLedger();
            var ledger = new LedgerLetters(source);
            IReadOnlyList<LedgerLetter> letters =
                [.. (await choice.ReadAsync(arguments, ledger, cancellationToken)).Where(letter => letter.IsOutstanding)];
            if (letters.Count == 0)
            {
                Console.WriteLine("No dead letter is outstanding there.");
                return 0;
            }

            using var warehouse = stores.OpenWarehouse();
            var check = new CheckRun(source, new CheckedWarehouse(warehouse), stores, arguments.GetValue(wait));
            var compared = await WorkProgress.RunAsync(begin => check.RunAsync([CheckParts.Rows], begin, cancellationToken));
            if (!compared.Ok)
            {
                compared.Print(asJson: false);
                Console.Error.WriteLine("Nothing was dismissed. `resync --table` has the rows of a table sent anew.");
                return Differs;
            }

            var by = $"{Environment.UserName}@{Environment.MachineName}";
            var dismissed = await ledger.DismissAsync(letters, by, arguments.GetValue(because)!.Trim(), cancellationToken);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{dismissed.Count} of {letters.Count} dismissed: the warehouse's rows equal PostgreSQL's at {compared.Position}."));
            return dismissed.Count == letters.Count ? 0 : Differs;
        });
        return command;
    }
}
