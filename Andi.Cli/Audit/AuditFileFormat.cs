using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Audit;
using Npgsql;

namespace Andi.Cli.Audit;

/// <summary>An entry in a file. With its digests it has all that its hash covers, so that a reader of the file can recompute the chain.</summary>
/// <param name="Sequence">Its place in the chain; null where it has none yet, like what follows from it.</param>
/// <param name="RecordDigests">What the chain covers in place of the ids, as in <see cref="AuditChain"/>.</param>
internal sealed record ExportedEntry(
    long? Sequence, long Id, DateTime At, string Sub, string? Role, string? Scope, string? TokenId, string Verb, string Resource,
    IReadOnlyList<string?> RecordIds, IReadOnlyList<string?> SubjectIds, long Count, string Endpoint, string? Detail, string? TraceId, string? ReadPosition,
    string TransactionId,
    IReadOnlyList<string> RecordDigests, IReadOnlyList<string> SubjectDigests, DateTime? SealedAt, string? Position, string? PreviousHash, string? Hash)
{
    public static ExportedEntry Read(NpgsqlDataReader row)
    {
        const int Seal = AuditRows.ColumnCount;
        var entry = row.ReadEntry();
        var isSealed = !row.IsDBNull(Seal);
        return new(
            isSealed ? row.GetInt64(Seal) : null, entry.Id, entry.RecordedAt, entry.Caller, entry.Role, entry.Scope, entry.TokenId, entry.Verb, entry.Resource,
            entry.Records.Ids, entry.Subjects.Ids, entry.Count, entry.Endpoint, entry.Detail, entry.TraceId, entry.ReadPosition, entry.TransactionId,
            Hex(entry.Records), Hex(entry.Subjects), isSealed ? row.GetDateTime(Seal + 2) : null, isSealed ? row.GetString(Seal + 3) : null,
            isSealed ? Convert.ToHexStringLower(row.GetFieldValue<byte[]>(Seal + 4)) : null,
            isSealed ? Convert.ToHexStringLower(row.GetFieldValue<byte[]>(Seal + 5)) : null);
    }

    private static IReadOnlyList<string> Hex(AuditIds ids) => [.. ids.Digests().Select(Convert.ToHexStringLower)];
}

/// <summary>How entries are written, by the ending of the file's name.</summary>
internal sealed record AuditFileFormat(Func<ExportedEntry, string> Line, string? Header = null)
{
    private const string InstantFormat = "yyyy-MM-ddTHH:mm:ss.ffffffZ";
    private static readonly AuditFileFormat Json = new(entry => JsonSerializer.Serialize(entry, ExportedEntryJson.Readable.ExportedEntry));

    private static readonly AuditFileFormat Csv = new(
        CsvLine,
        "sequence,id,at,sub,role,scope,tokenId,verb,resource,recordIds,subjectIds,count,endpoint,detail,traceId,readPosition,transactionId,sealedAt,"
        + "position,hash");

    /// <exception cref="CommandFailure">The ending is of no format.</exception>
    public static AuditFileFormat Of(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".jsonl" or ".ndjson" => Json,
        ".csv" => Csv,
        _ => throw new CommandFailure($"{file}: the extension is not a known format; expected one of .jsonl, .ndjson, .csv."),
    };

    private static string CsvLine(ExportedEntry entry) => string.Join(',', new[]
    {
        Number(entry.Sequence), Number(entry.Id), Instant(entry.At), entry.Sub, entry.Role, entry.Scope, entry.TokenId, entry.Verb, entry.Resource,
        string.Join(' ', entry.RecordIds), string.Join(' ', entry.SubjectIds), Number(entry.Count), entry.Endpoint, entry.Detail, entry.TraceId,
        entry.ReadPosition, entry.TransactionId, Instant(entry.SealedAt), entry.Position, entry.Hash,
    }.Select(Field));

    // Quoted where RFC 4180 asks for it; a spreadsheet would take what begins like a formula for one.
    private static string Field(string? text)
    {
        var given = text ?? "";
        var safe = given is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{given}" : given;
        return safe.AsSpan().IndexOfAny(",\"\r\n\t") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Instant(DateTime? instant) => instant?.ToString(InstantFormat, CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExportedEntry))]
internal sealed partial class ExportedEntryJson : JsonSerializerContext
{
    /// <summary>With texts as they are, one per line.</summary>
    public static ExportedEntryJson Readable { get; } =
        new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
