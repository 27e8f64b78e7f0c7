using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Cli.Load.Columns;
using Andi.Cli.Terminal;
using Andi.Oltp.Imports;
using Andi.Warehouse.Client;

namespace Andi.Cli.Load;

/// <summary><c>load</c>: a CSV file straight into a table of staging, once.</summary>
internal static class LoadCommand
{
    private const int Refused = 1;

    public static Command Create()
    {
        var table = new Argument<string>("TABLE") { Description = "The table of staging to load into, with or without its database." };
        var file = new Argument<string>("FILE")
        {
            Description = "CSV in UTF-8, with commas and RFC 4180 quotes; its header names exactly the table's columns, in any order.",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only check whether the file could be loaded; none of its rows count or stay." };
        var json = new Option<bool>("--json") { Description = "Answer as JSON." };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "load",
            "Load a CSV file into a table of staging: all of its rows or none. Every value is checked against its column's type first, and each "
            + "error names its line and column. A file is identified by its content: loading the same content again, under any name, changes nothing. "
            + "The command can be interrupted and run again, and several can run at once. Ends with 0 if the file's rows count (with --dry-run: if "
            + $"they would), {Refused} if they do not.")
        {
            table, file, dryRun, json, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var warehouse = RunningStores.Find(arguments.GetValue(runFile)).OpenWarehouse();
            var run = new LoadRun(warehouse, Guid.NewGuid);
            var output = await WorkProgress.RunAsync(
                begin => run.RunAsync(arguments.GetValue(table)!, arguments.GetValue(file)!, arguments.GetValue(dryRun), begin, cancellationToken));
            output.Print(arguments.GetValue(json));
            return output.Outcome == LoadOutcome.Refused ? Refused : 0;
        });
        return command;
    }
}

/// <summary>
/// Loads one file into one table, whole or not at all, and once: reads it through, inserts its rows under the id of this attempt, then records the file with
/// that attempt. Until then no reader sees any of them. See docs/loaded-files.md.
/// </summary>
/// <param name="warehouse">Where to.</param>
/// <param name="newAttempt">Makes an id that no other run has.</param>
internal sealed class LoadRun(ClickHouseClient warehouse, Func<Guid> newAttempt)
{
    private const int MaxListed = 20;
    private const int ViolatedConstraint = 469;

    /// <exception cref="CommandFailure">The table takes no files, the file cannot be read or changes while it is, or what was inserted is not what was
    /// sent.</exception>
    public async Task<LoadOutput> RunAsync(string name, string path, bool isDryRun, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        var table = await LoadableTable.FindAsync(warehouse, name, cancellationToken);
        await using var file = SourceFile.Open(path);
        var id = await file.IdAsync(cancellationToken);
        var records = new LoadedFiles(warehouse, table.FullName);
        var recorded = await records.FindAsync(id, cancellationToken);
        if (recorded is null)
        {
            var (rows, errors) = await CheckAsync(table, file, begin, cancellationToken);
            if (errors.Rows > 0)
            {
                return new LoadOutput(LoadOutcome.Refused, table.FullName, path, id, rows, errors.Rows, errors.Listed, null);
            }

            var attempt = new LoadAttempt(warehouse, table, id, newAttempt());
            try
            {
                await attempt.InsertAsync(file, begin, cancellationToken);
            }
            catch (ClickHouseException refused) when (refused.Code == ViolatedConstraint)
            {
                await attempt.RemoveAsync(cancellationToken);
                return new LoadOutput(LoadOutcome.Refused, table.FullName, path, id, rows, 1, [ConstraintMessage.Read(refused.Message)], null);
            }

            if (isDryRun)
            {
                // The table's own rules are known by trying alone; what is not recorded counts for nobody.
                await attempt.RemoveAsync(cancellationToken);
                return new LoadOutput(LoadOutcome.Valid, table.FullName, path, id, rows, 0, [], null);
            }

            recorded = await RecordAsync(records, attempt, file.Name, rows, cancellationToken);
            if (recorded.Attempt == attempt.Id)
            {
                await LoadAttempt.RemoveOthersAsync(warehouse, table, id, recorded.Attempt, cancellationToken);
                return new LoadOutput(LoadOutcome.Loaded, table.FullName, path, id, rows, 0, [], recorded);
            }
        }

        if (!isDryRun)
        {
            await LoadAttempt.RemoveOthersAsync(warehouse, table, id, recorded.Attempt, cancellationToken);
        }

        return new LoadOutput(LoadOutcome.AlreadyLoaded, table.FullName, path, id, recorded.Rows, 0, [], recorded);
    }

    private static async Task<(long Rows, RowErrors Errors)> CheckAsync(
        LoadableTable table, SourceFile file, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        using var step = begin($"reading {file.Name}", file.Length);
        await using var content = file.Read(step);
        using var csv = new CsvRows(content, table, MaxListed);
        if (await csv.ReadHeaderAsync(cancellationToken))
        {
            var row = new RowBytes();
            while (await csv.ReadAsync(row, cancellationToken))
            {
                row.Truncate(0);
            }
        }

        return (csv.Count, csv.Errors);
    }

    private static async Task<LoadedFile> RecordAsync(LoadedFiles records, LoadAttempt attempt, string fileName, long rows, CancellationToken cancellationToken)
    {
        var there = await attempt.CountAsync(cancellationToken);
        if (there == rows)
        {
            return await records.RecordAsync(attempt.FileId, fileName, attempt.Id, rows, cancellationToken);
        }

        // Another attempt at the file may have been recorded meanwhile, and have taken these rows away.
        return await records.FindAsync(attempt.FileId, cancellationToken)
            ?? throw new CommandFailure($"The table has {there} rows of the file after the load instead of {rows}. The file does not count; run "
                + "load again.");
    }
}

/// <summary>What <c>load</c> answers, for people and for programs.</summary>
/// <param name="Outcome">What became of the file.</param>
/// <param name="Table">With its database.</param>
/// <param name="File">As it was given.</param>
/// <param name="FileId">SHA-256 of its content.</param>
/// <param name="Rows">Of the file, without the header.</param>
/// <param name="BadRows">How many of them are refused, the header counted where it is wrong.</param>
/// <param name="Rejects">The first of the reasons.</param>
/// <param name="Recorded">Where the file counts: since when, and under which name it was loaded.</param>
internal sealed record LoadOutput(
    LoadOutcome Outcome, string Table, string File, string FileId, long Rows, long BadRows, IReadOnlyList<RowReject> Rejects, LoadedFile? Recorded)
{
    public void Print(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(this, LoadOutputJson.Default.LoadOutput));
            return;
        }

        foreach (var reject in Rejects)
        {
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{File}:{reject.Line}: {(reject.Field is null ? "" : $"{reject.Field} ")}{reject.Reason}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{File}: {Sentence()}"));
    }

    private FormattableString Sentence() => Outcome switch
    {
        LoadOutcome.Loaded => $"{Rows:N0} rows loaded into {Table}.",
        LoadOutcome.AlreadyLoaded => $"is in {Table} since {Recorded!.LoadedAt:u} as {Recorded.FileName} with {Recorded.Rows:N0} rows; nothing was changed.",
        LoadOutcome.Valid => $"{Rows:N0} rows could be loaded into {Table}; nothing was changed.",
        _ => $"not loaded: {BadRows:N0} {(BadRows == 1 ? "row is" : "rows are")} wrong{(Rejects.Count < BadRows ? ", the first of them above" : "")}.",
    };
}

internal enum LoadOutcome
{
    /// <summary>Its rows count now.</summary>
    Loaded,

    /// <summary>They did before.</summary>
    AlreadyLoaded,

    /// <summary>Nothing is wrong with it; it was not to be loaded.</summary>
    Valid,

    /// <summary>A row is wrong; none counts.</summary>
    Refused,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(LoadOutput))]
internal sealed partial class LoadOutputJson : JsonSerializerContext;
