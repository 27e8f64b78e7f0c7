using Andi.Oltp.Imports.Columns;

namespace Andi.Oltp.Imports.Staging;

/// <summary>The import of a table whose columns are all in the file and whose key is one of them.</summary>
public static class PlainTable
{
    /// <param name="table">In schema <c>public</c>; also the entity's name in the path.</param>
    /// <param name="columns">The first is the key.</param>
    /// <param name="references">Columns that must be known elsewhere.</param>
    public static ImportDefinition Define(string table, ImportColumn[] columns, params StagingCheck[] references)
    {
        var key = columns[0];
        var others = columns[1..].Select(column => column.Name).ToList();
        var names = string.Join(", ", columns.Select(column => column.Name));
        var insert = $"INSERT INTO public.{table} ({names}) SELECT {names} FROM import_{table}";
        return new ImportDefinition
        {
            Entity = table,
            Columns = columns,
            Checks =
            [
                StagingCheck.Unique(key.Fields[0], key.Name),
                StagingCheck.New(key.Fields[0], table, key.Name),
                .. references,
            ],
            Statements = new Dictionary<ImportMode, IReadOnlyList<string>>
            {
                [ImportMode.Insert] = [insert],
                [ImportMode.Keep] = [$"{insert} ON CONFLICT ({key.Name}) DO NOTHING"],
                [ImportMode.Upsert] =
                [
                    $"""
                    {insert}
                    ON CONFLICT ({key.Name}) DO UPDATE SET {string.Join(", ", others.Select(name => $"{name} = excluded.{name}"))}
                    WHERE ({string.Join(", ", others.Select(name => $"{table}.{name}"))})
                        IS DISTINCT FROM ({string.Join(", ", others.Select(name => $"excluded.{name}"))})
                    """,
                ],
            },
        };
    }
}
