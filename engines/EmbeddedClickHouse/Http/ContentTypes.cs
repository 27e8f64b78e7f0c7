namespace Andi.EmbeddedClickHouse.Http;

/// <summary>The media types ClickHouse gives its output formats.</summary>
internal static class ContentTypes
{
    public static string Of(string format) => format switch
    {
        _ when format.StartsWith("JSONEachRow", StringComparison.Ordinal) || format.EndsWith("EachRow", StringComparison.Ordinal) || format is "NDJSON" or "JSONLines"
            => "application/x-ndjson; charset=UTF-8",
        _ when format.StartsWith("JSON", StringComparison.Ordinal) => "application/json; charset=UTF-8",
        _ when format.StartsWith("TabSeparated", StringComparison.Ordinal) || format.StartsWith("TSV", StringComparison.Ordinal) => "text/tab-separated-values; charset=UTF-8",
        _ when format.StartsWith("CSV", StringComparison.Ordinal) => "text/csv; charset=UTF-8; header=" + (format.Contains("WithNames", StringComparison.Ordinal) ? "present" : "absent"),
        "XML" => "application/xml; charset=UTF-8",
        "Native" or "Parquet" or "Arrow" or "ArrowStream" or "ORC" or "Avro" or "MsgPack" or "Protobuf" or "ProtobufList" or "CapnProto"
            => "application/octet-stream",
        _ when format.StartsWith("RowBinary", StringComparison.Ordinal) => "application/octet-stream",
        _ => "text/plain; charset=UTF-8",
    };
}
