using System.Collections.Frozen;

namespace Andi.EmbeddedClickHouse.Statements;

/// <summary>Which output formats are a plain sequence of rows or blocks, so that the parts of a result can be formatted one by one.</summary>
internal static class OutputFormats
{
    private static readonly FrozenSet<string> Sequences = new[]
    {
        "TabSeparated", "TSV", "TabSeparatedRaw", "TSVRaw", "Raw", "CSV", "TSKV", "JSONEachRow", "JSONLines", "NDJSON", "JSONCompactEachRow",
        "JSONStringsEachRow", "JSONCompactStringsEachRow", "RowBinary", "Native", "MsgPack", "RawBLOB", "Null",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>All others have a head, a foot or separators: the result is one document.</summary>
    public static bool IsSequence(string format, ReadOnlySpan<byte> statement, IReadOnlyList<KeyValuePair<string, string>> settings) =>
        Sequences.Contains(format)
        && (!format.StartsWith("JSON", StringComparison.OrdinalIgnoreCase) || !AsksForArray(statement, settings));

    /// <summary>This setting puts the rows of JSONEachRow between brackets.</summary>
    private static bool AsksForArray(ReadOnlySpan<byte> statement, IReadOnlyList<KeyValuePair<string, string>> settings) =>
        settings.Any(pair => pair.Key == "output_format_json_array_of_rows") || statement.IndexOf("output_format_json_array_of_rows"u8) >= 0;
}
