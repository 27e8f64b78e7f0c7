using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Sql;
using Andi.Warehouse.Client;

namespace Andi.Cli.Backup;

/// <summary>A table of the warehouse that nothing else there can be asked for.</summary>
/// <param name="Name">Without its database.</param>
/// <param name="Columns">Names and types, in order.</param>
internal sealed record StagingTable(string Name, IReadOnlyList<StagingColumn> Columns)
{
    public const string Database = "staging";

    public const string GenerationColumn = "_generation";

    public const string FileColumn = "_file_id";

    public const string AttemptColumn = "_attempt";

    public const string LineColumn = "_line";

    /// <summary>What a table that takes files has beside the files' own columns.</summary>
    public static IReadOnlyList<string> LoadColumns { get; } = [FileColumn, AttemptColumn, LineColumn];

    public string FullName => $"{Database}.{Name}";

    /// <summary>Filled from change events; else it was loaded from elsewhere, and is copied whole.</summary>
    public bool IsLanding => Columns.Any(column => column.Name == "_position") && Columns.Any(column => column.Name == GenerationColumn);

    /// <summary>Filled from files: each row tells its file, the attempt that wrote it and its line.</summary>
    public bool IsLoadable => LoadColumns.All(name => Columns.Any(column => column.Name == name));

    public string Quoted => QuotedName(Name);

    public static string QuotedName(string table) => $"{Database}.{Identifier.Quote(table)}";
}

internal sealed record StagingColumn(string Table, string Name, string Type);

/// <summary>What the warehouse holds that is not derived from other tables of it.</summary>
internal static class StagingTables
{
    public static async Task<IReadOnlyList<StagingTable>> ReadAsync(ClickHouseClient warehouse, CancellationToken cancellationToken)
    {
        var columns = await warehouse.QueryAsync<StagingColumn>(new(EmbeddedSql.Read("Backup/Sql/staging_columns.sql")), cancellationToken);
        return [.. columns.GroupBy(column => column.Table).Select(table => new StagingTable(table.Key, [.. table]))];
    }
}

/// <summary>A file that counts, as <c>ops.loaded_files</c> has it.</summary>
/// <param name="Table">That it was loaded into, with its database.</param>
/// <param name="Load">Its place in the order of the table's files.</param>
/// <param name="FileId">SHA-256 of its content.</param>
/// <param name="FileName">That it was loaded under.</param>
/// <param name="Attempt">Whose rows count.</param>
/// <param name="Rows">Of the file.</param>
/// <param name="LoadedAt">When it was recorded.</param>
internal sealed record LoadRecord(string Table, ulong Load, string FileId, string FileName, Guid Attempt, ulong Rows, DateTimeOffset LoadedAt);

/// <summary>The records of loaded files, on their way through a backup.</summary>
internal static class LoadRecords
{
    private static readonly Dictionary<string, string> InsertSettings = new() { ["insert_deduplicate"] = "0", ["date_time_input_format"] = "best_effort" };

    public static Task<IReadOnlyList<LoadRecord>> ReadAsync(ClickHouseClient warehouse, CancellationToken cancellationToken) =>
        warehouse.QueryAsync<LoadRecord>(new(EmbeddedSql.Read("Backup/Sql/loads.sql")), cancellationToken);

    /// <summary>The condition for the rows of these files. (Ids in the statement, as they may be more than an address takes.)</summary>
    public static string Condition(IEnumerable<LoadRecord> loads)
    {
        var attempts = string.Join(", ", loads.Select(load => $"'{load.Attempt}'"));
        return attempts.Length == 0 ? "0" : $"source.{StagingTable.AttemptColumn} IN ({attempts})";
    }

    /// <summary>All of them in one block: they count from the same moment on.</summary>
    public static async Task InsertAsync(ClickHouseClient warehouse, IReadOnlyList<LoadRecord> loads, CancellationToken cancellationToken)
    {
        if (loads.Count == 0)
        {
            return;
        }

        using var body = new MemoryStream();
        foreach (var load in loads)
        {
            var row = new LoadedFileRow(load.Table, load.Load, load.FileId, load.FileName, load.Attempt, load.Rows, load.LoadedAt);
            await JsonSerializer.SerializeAsync(body, row, LoadRecordsJson.Default.LoadedFileRow, cancellationToken);
            body.WriteByte((byte)'\n');
        }

        await warehouse.InsertAsync(
            new ClickHouseInsert("ops", "loaded_files", "JSONEachRow") { Settings = InsertSettings }, body.ToArray(), cancellationToken);
    }
}

/// <summary>The row of <c>ops.loaded_files</c>.</summary>
internal sealed record LoadedFileRow(
    [property: JsonPropertyName("loaded_table")] string Table,
    [property: JsonPropertyName("load")] ulong Load,
    [property: JsonPropertyName("file_id")] string FileId,
    [property: JsonPropertyName("file_name")] string FileName,
    [property: JsonPropertyName("attempt")] Guid Attempt,
    [property: JsonPropertyName("rows")] ulong Rows,
    [property: JsonPropertyName("loaded_at")] DateTimeOffset LoadedAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LoadedFileRow))]
internal sealed partial class LoadRecordsJson : JsonSerializerContext;
