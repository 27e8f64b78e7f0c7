namespace Andi.Cli.Export;

/// <summary>How rows are written, by the ending of the file's name.</summary>
/// <param name="Name">As ClickHouse calls it.</param>
internal sealed record ExportFormat(string Name)
{
    private static readonly Dictionary<string, string> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = "CSVWithNames",
        [".jsonl"] = "JSONEachRow",
        [".ndjson"] = "JSONEachRow",
        [".parquet"] = "Parquet",
    };

    public static string Endings => string.Join(", ", ByEnding.Keys);

    /// <summary>Dates as ISO 8601, numbers as numbers.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["date_time_output_format"] = "iso",
        ["output_format_json_quote_64bit_integers"] = "0",
        ["output_format_json_quote_decimals"] = "0",
        ["output_format_json_named_tuples_as_objects"] = "1",
    };

    /// <exception cref="CommandFailure">The ending is none of those.</exception>
    public static ExportFormat Of(string file) => ByEnding.TryGetValue(Path.GetExtension(file), out var name)
        ? new ExportFormat(name)
        : throw new CommandFailure($"{file}: its ending tells no format; there are {Endings}.");
}
