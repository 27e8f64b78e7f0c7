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
