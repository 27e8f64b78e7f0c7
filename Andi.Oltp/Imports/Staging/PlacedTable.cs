using Andi.Oltp.Imports.Columns;
using Andi.Oltp.Requests;
using Andi.Oltp.Storage;

namespace Andi.Oltp.Imports.Staging;

/// <summary>
/// The import of a table of what was recorded of teachers. A row may leave out its id, and takes over where its teacher is now; a row that replaces one
/// leaves that as it was recorded, unless it names another teacher.
/// </summary>
public static class PlacedTable
{
    private const string NewId = "new_id";
    private const string TeacherId = "teacher_id";

    /// <param name="table">In schema <c>public</c>; also the entity's name in the path.</param>
    /// <param name="idField">What the key is called in files: <c>sessionId</c>.</param>
    /// <param name="idColumn">The key.</param>
    /// <param name="columns">The others, but the teacher and the place; staged in this order after the id, an id in case there is none, and the teacher.</param>
    /// <param name="checks">What else must hold, beside a known teacher and an id that is new.</param>
    public static ImportDefinition Define(string table, string idField, string idColumn, IdSource ids, ImportColumn[] columns, params StagingCheck[] checks)
    {
        string[] content = [TeacherId, .. columns.Select(column => column.Name)];
        var insert = $"""
            INSERT INTO public.{table} ({idColumn}, {List("")}, school_id, district_id, state_id)
            SELECT coalesce(staged.{idColumn}, staged.{NewId}), {List("staged.")}, place.school_id, place.district_id, place.state_id
            FROM import_{table} AS staged
            LEFT JOIN teacher_places AS place ON place.teacher_id = staged.{TeacherId}
            """;
        return new ImportDefinition
        {
            Entity = table,
            Columns =
            [
                ValueColumn.Text(idField, idColumn, TextRules.Id, isRequired: false),
                new NewIdColumn(NewId, ids),
                ValueColumn.Text("teacherId", TeacherId, TextRules.Id),
                .. columns,
            ],
            Checks =
            [
                StagingCheck.Unique(idField, idColumn),
                StagingCheck.New(idField, table, idColumn),
                StagingCheck.Known("teacherId", TeacherId, "teachers", TeacherId),
                .. checks,
            ],
            Statements = new Dictionary<ImportMode, IReadOnlyList<string>>
            {
                [ImportMode.Insert] = [insert],
                [ImportMode.Keep] = [$"{insert} ON CONFLICT ({idColumn}) DO NOTHING"],
                [ImportMode.Upsert] =
                [
                    $"""
                    {insert}
                    ON CONFLICT ({idColumn}) DO UPDATE SET
                        {string.Join(", ", content.Select(name => $"{name} = excluded.{name}"))},
                        {Kept("school_id")}, {Kept("district_id")}, {Kept("state_id")}
                    WHERE ({List($"{table}.")}) IS DISTINCT FROM ({List("excluded.")})
                    """,
                ],
            },
        };

        string List(string prefix) => string.Join(", ", content.Select(name => prefix + name));

        string Kept(string column) => $"{column} = CASE WHEN {table}.{TeacherId} = excluded.{TeacherId} THEN {table}.{column} ELSE excluded.{column} END";
    }

    /// <summary>The ids of the staged rows, in their order.</summary>
    public static string IdsSql(string table, string idColumn) => $"SELECT coalesce({idColumn}, {NewId}) FROM import_{table} ORDER BY line";
}
