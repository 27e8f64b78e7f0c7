using Andi.Oltp.Imports;
using Andi.Oltp.Storage;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Records;

/// <summary>
/// Columns that a record takes over, when it is recorded, from the row that one of its fields refers to. They stay when that row changes later; a
/// correction that refers to another row takes over from that one.
/// </summary>
/// <param name="Reference">The referring column; the table's key has the same name.</param>
/// <param name="Table">A table or view, which has the columns under the same names.</param>
internal sealed record TakenOver(string Reference, string Table, params IReadOnlyList<string> Columns);

/// <summary>Makes the imports of records from their fields.</summary>
internal static class RecordImport
{
    private const string NewId = "new_id";

    /// <summary>The import of a table whose columns are all in the file, its key included.</summary>
    /// <param name="checks">What must hold beside unique keys and known references.</param>
    public static ImportDefinition DefineKeyedImport<TBody, TRecord>(this FieldList<TBody, TRecord> fields, params IReadOnlyList<StagingCheck> checks)
        where TBody : class
        where TRecord : class
    {
        var (table, key) = (fields.Table, fields.Key);
        string[] content = [.. fields.Shapes.Select(field => field.Column)];
        var names = List(content.Prepend(key.Column));
        var insert = $"INSERT INTO public.{table} ({names}) SELECT {names} FROM import_{table}";
        return new ImportDefinition
        {
            Entity = table,
            SubjectColumn = fields.Subjects?.Column,
            Columns = [ValueColumn.Text(key.Name, key.Column, TextRules.Id), .. fields.ImportColumns],
            Checks = [StagingCheck.Unique(key.Name, key.Column), StagingCheck.New(key.Name, table, key.Column), .. checks, .. References(fields)],
            StatementsFor = (mode, absent) => mode switch
            {
                ImportMode.Keep => [$"{insert} ON CONFLICT ({key.Column}) DO NOTHING"],
                ImportMode.Upsert => [$"{insert} {Update(table, key.Column, [.. content.Except(absent)], [])}"],
                _ => [insert],
            },
        };
    }

    /// <summary>
    /// The import of a table of what is recorded: a row may leave out its id, and takes over columns from the rows that it refers to. Where something is
    /// not known, what should be taken over is null, which the table refuses, and the checks find out why.
    /// </summary>
    /// <param name="ids">Makes the ids of rows that give none.</param>
    /// <param name="takenOver">The columns that are not in the file.</param>
    /// <param name="naturalKey">Fields that identify a record as its id does: a row without an id replaces the record that agrees in them.</param>
    /// <param name="checks">What must hold beside unique keys and known references.</param>
    public static ImportDefinition DefineRecordedImport<TBody, TRecord>(
        this FieldList<TBody, TRecord> fields,
        IdSource ids,
        IReadOnlyList<TakenOver> takenOver,
        IReadOnlyList<string>? naturalKey = null,
        params IReadOnlyList<StagingCheck> checks)
        where TBody : class
        where TRecord : class
    {
        var (table, key) = (fields.Table, fields.Key);
        string[] content = [.. fields.Shapes.Select(field => field.Column)];
        var insert = $"""
            INSERT INTO public.{table} ({List([key.Column, .. content, .. takenOver.SelectMany(other => other.Columns)])})
            SELECT coalesce(staged.{key.Column}, staged.{NewId}), {List(content.Select(name => $"staged.{name}"))},
                   {List(takenOver.SelectMany(other => other.Columns.Select(name => $"{other.Table}.{name}")))}
            FROM import_{table} AS staged
            {string.Join('\n', takenOver.Select(other => $"LEFT JOIN {other.Table} ON {other.Table}.{other.Reference} = staged.{other.Reference}"))}
            """;
        List<StagingCheck> all = [StagingCheck.Unique(key.Name, key.Column), StagingCheck.New(key.Name, table, key.Column), .. checks, .. References(fields)];
        string[]? natural = null;
        if (naturalKey is not null)
        {
            natural = [.. naturalKey.Select(FieldShape.ColumnOf)];
            all.Add(StagingCheck.Unique(List(naturalKey), natural));
            all.Add(StagingCheck.New(List(naturalKey), table, natural));
        }

        return new ImportDefinition
        {
            Entity = table,
            SubjectColumn = fields.Subjects?.Column,
            HappenedOnSql = fields.HappenedOnSql,
            Columns = [ValueColumn.Text(key.Name, key.Column, TextRules.Id, isRequired: false), new NewIdColumn(NewId, ids), .. fields.ImportColumns],
            Checks = all,
            StatementsFor = (mode, absent) => mode switch
            {
                ImportMode.Keep => [$"{insert} ON CONFLICT DO NOTHING"],
                ImportMode.Upsert => Upserts([.. content.Except(absent)]),
                _ => [insert],
            },
        };

        IReadOnlyList<string> Upserts(string[] replaced) => natural is null
            ? [$"{insert} {Update(table, key.Column, replaced, takenOver)}"]
            :
            [
                $"{insert} WHERE staged.{key.Column} IS NOT NULL {Update(table, key.Column, replaced, takenOver)}",
                $"{insert} WHERE staged.{key.Column} IS NULL {Update(table, List(natural), replaced, takenOver)}",
            ];
    }

    /// <summary>A query for the ids of staged rows, in their order, for a table without a natural key.</summary>
    public static string StagedIdsSql(IFieldList fields) => $"SELECT coalesce({fields.Key.Column}, {NewId}) FROM import_{fields.Table} ORDER BY line";

    // A row that is the same stays untouched. What was taken over stays as recorded, unless the row refers to another row.
    private static string Update(string table, string conflictKey, string[] content, IReadOnlyList<TakenOver> takenOver)
    {
        var kept = takenOver.SelectMany(other => other.Columns.Select(name =>
            $"{name} = CASE WHEN {table}.{other.Reference} = excluded.{other.Reference} THEN {table}.{name} ELSE excluded.{name} END"));
        return $"""
            ON CONFLICT ({conflictKey}) DO UPDATE SET {List(content.Select(name => $"{name} = excluded.{name}").Concat(kept))}
            WHERE ({List(content.Select(name => $"{table}.{name}"))}) IS DISTINCT FROM ({List(content.Select(name => $"excluded.{name}"))})
            """;
    }

    private static IEnumerable<StagingCheck> References(IFieldList fields) => fields.Shapes
        .Where(field => field.ReferencedTable is not null)
        .Select(field => StagingCheck.Known(field.Name, field.Column, field.ReferencedTable!, field.Column));

    private static string List(IEnumerable<string> parts) => string.Join(", ", parts);
}
