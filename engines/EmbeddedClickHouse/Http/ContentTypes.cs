namespace Andi.EmbeddedClickHouse.Http;

/// <summary>The media types ClickHouse gives its output formats.</summary>
internal static class ContentTypes
{
    private const string PlainText = "text/plain; charset=UTF-8";

    /// <summary>The media type of a format by its name, whose case does not matter; null is a statement without result.</summary>
    public static string Of(string? format)
    {
        var name = format?.ToUpperInvariant() ?? "";
        return name switch
        {
            "JSONEACHROW" or "JSONLINES" or "NDJSON" or "JSONSTRINGSEACHROW" or "JSONEACHROWWITHPROGRESS" => "application/x-ndjson; charset=UTF-8",
            "XML" => "application/xml; charset=UTF-8",
            "SQLINSERT" => PlainText,
            "MARKDOWN" => "text/markdown; charset=UTF-8",
            "NATIVE" or "PARQUET" or "ARROW" or "ARROWSTREAM" or "ORC" or "AVRO" or "MSGPACK" or "PROTOBUF" or "PROTOBUFLIST" or "CAPNPROTO"
                or "RAWBLOB" or "NPY" => "application/octet-stream",
            _ when name.StartsWith("ROWBINARY", StringComparison.Ordinal) => "application/octet-stream",
            _ when name.StartsWith("JSON", StringComparison.Ordinal) => "application/json; charset=UTF-8",
            _ when name.StartsWith("TABSEPARATED", StringComparison.Ordinal) || name.StartsWith("TSV", StringComparison.Ordinal)
                => "text/tab-separated-values; charset=UTF-8",
            _ when name.StartsWith("CSV", StringComparison.Ordinal) =>
                $"text/csv; charset=UTF-8; header={(name.Contains("WITHNAMES", StringComparison.Ordinal) ? "present" : "absent")}",
            _ => PlainText,
        };
    }
}
