using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Andi.Cli.Erase.Proof;
using Andi.Cli.Terminal;
using Andi.Oltp.Areas;
using Npgsql;

namespace Andi.Cli.Erase;

/// <summary><c>erase</c>: takes a person out of every store; <c>erase --proof</c> looks for what is left.</summary>
internal static class EraseCommand
{
    private const int IsLeft = 3;

    private const string Keep = "keep";
    private const string Delete = "delete";

    public static Command Create()
    {
        var id = new Argument<string?>("ID") { Description = "The person's id.", Arity = ArgumentArity.ZeroOrOne };
        var of = new Option<string>("--of") { Description = "What the person is.", DefaultValueFactory = _ => PersonTable.All[0].Person };
        of.AcceptOnlyFromAmong([.. PersonTable.All.Select(table => table.Person)]);
        var scores = new Option<string>("--scores")
        {
            Description = "What refers to the person: keep has it refer to a row without name under a random id, so that every aggregate stays as it is; "
                + "delete takes it back from the aggregates, too.",
            DefaultValueFactory = _ => Keep,
        };
        scores.AcceptOnlyFromAmong(Keep, Delete);
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var proof = new Option<bool>("--proof") { Description = "Change nothing: search the files of all stores, logs, exports and backups for the id." };
        var name = new Option<string[]>("--name") { Description = "With --proof: a name to search for, too.", Arity = ArgumentArity.OneOrMore };
        var folder = new Option<string[]>("--in")
        {
            Description = "With --proof: a folder to search; default: the .andi of the run file.",
            HelpName = "DIR",
            Arity = ArgumentArity.OneOrMore,
        };
        var list = new Option<string?>("--list-to")
        {
            Description = "Write the tombstones of all who were erased to a file, for restore --tombstones. They recognise ids, and name none.",
            HelpName = "FILE",
        };
        var wait = new Option<TimeSpan>("--wait")
        {
            Description = "How long each store may take to follow, as hh:mm:ss.",
            DefaultValueFactory = _ => TimeSpan.FromMinutes(5),
        };
        var json = new Option<bool>("--json") { Description = "Answer as JSON." };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "erase",
            "Erase a person: PostgreSQL's rows in one transaction, the warehouse's rows of every generation, dead letters, and the files that held "
            + "them. Tables that held the id are written anew and locked meanwhile. An erase that was cut off is finished by running it again. What goes "
            + $"with time only is told with its date. Ends with 0 if done; with --proof with 0 if nothing is left but what goes with time, {IsLeft} if "
            + "something is; with 1 if it could not be done.")
        {
            id, of, scores, yes, proof, name, folder, list, wait, json, runFile,
        };
        command.Validators.Add(result => Validate(result, id, proof, name, folder, list));
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var stores = RunningStores.Find(arguments.GetValue(runFile));
            var persons = PersonTable.All.Single(table => table.Person == arguments.GetValue(of));
            var asJson = arguments.GetValue(json);
            if (arguments.GetValue(list) is { } file)
            {
                await using var connection = new NpgsqlConnection(stores.Oltp);
                await connection.OpenAsync(cancellationToken);
                var all = await Tombstones.ReadAsync(connection, cancellationToken);
                await Tombstones.WriteFileAsync(file, all, cancellationToken);
                Console.WriteLine($"{file}: {all.Count} tombstones.");
                return 0;
            }

            using var warehouse = stores.OpenWarehouse();
            await using var ledger = stores.OpenLedger();
            if (arguments.GetValue(proof))
            {
                var folders = arguments.GetValue(folder) is { Length: > 0 } given ? given : [StateFolderOf(arguments.GetValue(runFile))];
                var run = new ProofRun(warehouse, ledger, stores, folders);
                var found = await WorkProgress.RunAsync(
                    begin => run.RunAsync(arguments.GetValue(id)!, arguments.GetValue(name) ?? [], begin, cancellationToken));
                found.Print(asJson);
                return found.Ok ? 0 : IsLeft;
            }

            if (!arguments.GetValue(yes) && !IsConfirmed(persons.Person, arguments.GetValue(scores)!))
            {
                throw new CommandFailure("Nothing was changed. (Without a terminal, --yes says that it is meant.)");
            }

            var erase = new EraseRun(ledger, warehouse, stores, persons, arguments.GetValue(wait));
            var output = await WorkProgress.RunAsync(
                begin => erase.RunAsync(arguments.GetValue(id)!, arguments.GetValue(scores) == Keep, begin, cancellationToken));
            output.Print(asJson);
            return 0;
        });
        return command;
    }

    private static void Validate(
        CommandResult result, Argument<string?> id, Option<bool> proof, Option<string[]> name, Option<string[]> folder, Option<string?> list)
    {
        var isList = result.GetResult(list) is not null;
        if (string.IsNullOrEmpty(result.GetValue(id)) != isList)
        {
            result.AddError(isList ? "--list-to takes no ID." : "Whom? Give an ID.");
        }

        if (!result.GetValue(proof) && (result.GetResult(name) is not null || result.GetResult(folder) is not null))
        {
            result.AddError("--name and --in go with --proof.");
        }
    }

    private static string StateFolderOf(string? runFile) =>
        Path.GetDirectoryName(Path.GetFullPath(runFile ?? RunFileReader.Find("give the folder with --in")))!;

    private static bool IsConfirmed(string person, string scores)
    {
        if (Console.IsInputRedirected)
        {
            return false;
        }

        Console.Error.Write($"Erase this {person} for good, and {scores} what refers to it? There is no way back. Type 'erase': ");
        return Console.ReadLine()?.Trim() == "erase";
    }
}

/// <summary>What <c>erase</c> answers, for people and for programs. It does not repeat whom.</summary>
/// <param name="Person">What was erased.</param>
/// <param name="ScoresStay">Whether what referred to the person stays, of nobody.</param>
/// <param name="Rows">Of PostgreSQL, by table, in this run.</param>
/// <param name="Tables">Of the warehouse, that were searched and cleared.</param>
/// <param name="DeadLetters">That will not be replayed.</param>
/// <param name="Left">What goes with time.</param>
internal sealed record EraseOutput(
    string Person, bool ScoresStay, IReadOnlyDictionary<string, int> Rows, IReadOnlyList<string> Tables, int DeadLetters, IReadOnlyList<LeftOver> Left)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public void Print(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(this, Json));
            return;
        }

        var counts = Rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Value:N0} of {row.Key}"));
        var rows = Rows.Count == 0 ? "no rows" : string.Join(", ", counts);
        Console.WriteLine($"erased: {rows} in PostgreSQL, {Tables.Count} tables of the warehouse, {DeadLetters} dead letters.");
        foreach (var left in Left)
        {
            Console.WriteLine($"left for a time: {left.Store}: {left.What}; until {left.Until}");
        }
    }
}

/// <summary>What is there for a time after an erasure.</summary>
/// <param name="Store">Where.</param>
/// <param name="What">What.</param>
/// <param name="Until">Until when, or until what.</param>
internal sealed record LeftOver(string Store, string What, string Until);
