namespace Andi.Oltp.Imports;

/// <summary>Finds the staged rows, there called <c>import_rows</c>, that break a rule.</summary>
/// <param name="Fields">The fields that the rule is about, as the file calls them, separated by commas.</param>
/// <param name="Sql">A query for <c>line bigint, reason text</c>.</param>
/// <param name="OnlyIn">The mode in which it is a rule; null for both.</param>
public sealed record StagingCheck(string Fields, string Sql, ImportMode? OnlyIn = null)
{
    /// <summary>The reason of <see cref="New"/>.</summary>
    public const string InTableAlready = "is in the table already";

    /// <summary>The reason of <see cref="Unique"/>, up to the line.</summary>
    public const string SameAsLine = "is the same as in line ";

    /// <summary>The value must be the key of a row of <paramref name="table"/>.</summary>
    public static StagingCheck Known(string field, string column, string table, string key) => new(field, $"""
        SELECT line, 'is not known: ''' || {column} || '''' FROM import_rows
        WHERE {column} IS NOT NULL AND NOT EXISTS (SELECT FROM {table} WHERE {table}.{key} = import_rows.{column})
        """);

    /// <summary>No two rows of the file may agree in <paramref name="columns"/>; rows with a null there are none of it.</summary>
    public static StagingCheck Unique(string fields, params string[] columns) => new(fields, $"""
        SELECT line, '{SameAsLine}' || first_line
        FROM (SELECT line, min(line) OVER (PARTITION BY {string.Join(", ", columns)}) AS first_line
              FROM import_rows WHERE ({string.Join(", ", columns)}) IS NOT NULL) AS numbered
        WHERE line > first_line
        """);

    /// <summary>Unless the file replaces rows, <paramref name="table"/> may have none that agrees in <paramref name="columns"/>.</summary>
    public static StagingCheck New(string fields, string table, params string[] columns) => new(
        fields, $"SELECT line, '{InTableAlready}' FROM import_rows JOIN {table} USING ({string.Join(", ", columns)})", ImportMode.Insert);
}
