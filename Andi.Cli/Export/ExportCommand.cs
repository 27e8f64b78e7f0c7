using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Cli.Terminal;
using Andi.Security;
using Andi.Warehouse.Client;

namespace Andi.Cli.Export;

/// <summary><c>export</c>: a table of the warehouse as a file for other programs.</summary>
internal static class ExportCommand
{
    // Ignored by git.
    private const string DefaultFolder = "exports";

    public static Command Create()
    {
        var table = new Argument<string>("TABLE") { Description = "The table with its database: facts, dims, agg or staging." };
        var file = new Argument<string?>("FILE")
        {
            Description = $"Its extension determines the format: {ExportFormat.Endings}. Default: {DefaultFolder}/TABLE.csv.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var raw = new Option<bool>("--raw")
        {
            Description = "Write the texts of a CSV file as they are. Else one that a spreadsheet might run as a formula begins with an apostrophe.",
        };
        var force = new Option<bool>("--force") { Description = "Replace the file if it exists." };
        var json = new Option<bool>("--json") { Description = "Answer as JSON." };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "export",
            "Write a table of facts, dims, agg or staging into a file: the newest version of each row of the generation that readers see, without "
            + "rows that were deleted or replaced; aggregates are added up, one row per group. The file is readable by its owner only, "
            + "and gets its name once it is complete. Ends with 0 if it was written, else with 1.")
        {
            table, file, force, raw, json, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var warehouse = RunningStores.Find(arguments.GetValue(runFile)).OpenWarehouse();
            var name = arguments.GetValue(table)!;
            if (arguments.GetValue(file) is not { } path)
            {
                path = Path.Combine(DefaultFolder, $"{Path.GetFileName(name)}.csv");
                OwnerOnly.CreateFolder(DefaultFolder);
            }

            var written = await WorkProgress.RunAsync(begin => new ExportRun(warehouse)
                .RunAsync(name, path, arguments.GetValue(force), arguments.GetValue(raw), begin, cancellationToken));
            Console.WriteLine(arguments.GetValue(json)
                ? JsonSerializer.Serialize(new ExportOutput(name, Path.GetFullPath(path), written.Rows, written.Bytes), ExportOutputJson.Default.ExportOutput)
                : string.Create(CultureInfo.InvariantCulture, $"{name}: {written.Rows:N0} rows, {Amount.Bytes(written.Bytes)} in {path}"));
            return 0;
        });
        return command;
    }
}

/// <summary>What <c>export</c> answers.</summary>
internal sealed record ExportOutput(string Table, string File, long Rows, long Bytes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ExportOutput))]
internal sealed partial class ExportOutputJson : JsonSerializerContext;

/// <summary>Streams a table into a file, which has its name only once it is whole.</summary>
internal sealed class ExportRun(ClickHouseClient warehouse)
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(6);

    /// <param name="table">With its database.</param>
    /// <param name="file">Its ending says the format.</param>
    /// <param name="force">Whether a file that is there is replaced.</param>
    /// <param name="raw">Whether texts of a CSV file stay as they are, though a spreadsheet might run them.</param>
    /// <param name="begin">Begins a step of work.</param>
    /// <param name="cancellationToken">Leaves no file.</param>
    /// <returns>Rows and bytes written.</returns>
    /// <exception cref="CommandFailure">There is no such table or format, the file is there already, or it cannot be written.</exception>
    public async Task<(long Rows, long Bytes)> RunAsync(
        string table, string file, bool force, bool raw, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        var format = ExportFormat.Of(file);
        if (File.Exists(file) && !force)
        {
            throw new CommandFailure($"{file} already exists; --force replaces it.");
        }

        var (select, texts) = await ExportedTable.SelectAsync(warehouse, table, cancellationToken);
        var unfinished = file + ".part";
        try
        {
            using var step = begin($"{table} to {file}", null);
            var json = format.IsJson ? await ExportedTable.JsonColumnsAsync(warehouse, select, texts, Limit, cancellationToken) : new HashSet<string>();
            var written = await WriteAsync(select, format, json, raw, unfinished, step, cancellationToken);
            File.Move(unfinished, file, overwrite: force);
            return written;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"{file} cannot be written: {exception.Message}");
        }
        finally
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }
    }

    private async Task<(long Rows, long Bytes)> WriteAsync(
        string select, ExportFormat format, IReadOnlySet<string> json, bool raw, string file, IWorkStep step, CancellationToken cancellationToken)
    {
        // What is no text does not tell while it is written.
        var rows = format.IsText
            ? null
            : (long?)await warehouse.ScalarAsync<long>(new($"SELECT count() FROM ({select})") { Name = "export", Timeout = Limit }, cancellationToken);
        await using var counted = new CountedStream(OwnerOnly.Create(file), step, format.IsText, format.Headers);
        await using (WriteOnlyStream? target = json.Count > 0 ? new JsonLines(counted, json) : format.IsCsv && !raw ? new PlainCells(counted) : null)
        {
            var statement = new ClickHouseStatement($"{select} FORMAT {format.Name}") { Name = "export", Settings = ExportFormat.Settings, Timeout = Limit };
            await warehouse.CopyToAsync(statement, target ?? (Stream)counted, cancellationToken);
        }

        return (rows ?? counted.Rows, counted.Written);
    }
}

/// <summary>How rows are written, by the ending of the file's name.</summary>
/// <param name="Name">As ClickHouse calls it.</param>
/// <param name="IsText">A row is a line.</param>
/// <param name="Headers">Lines that are no rows.</param>
internal sealed record ExportFormat(string Name, bool IsText, int Headers = 0)
{
    private const string JsonRows = "JSONEachRow";

    private static readonly Dictionary<string, ExportFormat> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = new("CSVWithNames", IsText: true, Headers: 1),
        [".jsonl"] = new(JsonRows, IsText: true),
        [".ndjson"] = new(JsonRows, IsText: true),
        [".parquet"] = new("Parquet", IsText: false),
    };

    /// <summary>Values may be objects and arrays.</summary>
    public bool IsJson => Name == JsonRows;

    /// <summary>People open it with a spreadsheet.</summary>
    public bool IsCsv => Headers > 0;

    public static string Endings => string.Join(", ", ByEnding.Keys);

    /// <summary>Dates as ISO 8601, numbers as numbers, and nothing between the commas of CSV for what is not there, as imports read it.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["date_time_output_format"] = "iso",
        ["format_csv_null_representation"] = "",
        ["output_format_json_quote_64bit_integers"] = "0",
        ["output_format_json_quote_decimals"] = "0",
        ["output_format_json_named_tuples_as_objects"] = "1",
    };

    /// <exception cref="CommandFailure">The ending is none of those.</exception>
    public static ExportFormat Of(string file) => ByEnding.TryGetValue(Path.GetExtension(file), out var format)
        ? format
        : throw new CommandFailure($"{file}: the extension is not a known format; expected one of {Endings}.");
}
