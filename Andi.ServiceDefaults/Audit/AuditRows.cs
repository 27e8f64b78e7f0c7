using Npgsql;

namespace Andi.Audit;

/// <summary>Reads the rows of the log.</summary>
public static class AuditRows
{
    /// <summary>The columns of <c>audit.entries</c> (under the alias <c>entry</c>) as <see cref="ReadEntry"/> needs them.</summary>
    public const string Columns = """
        entry.id, entry.recorded_at, entry.caller, entry.role, entry.scope, entry.token_id, entry.verb, entry.resource, entry.record_ids, entry.record_keys,
        entry.subject_ids, entry.subject_keys, entry.row_count, entry.endpoint, entry.detail, entry.trace_id, entry.read_position,
        entry.transaction_id::text
        """;

    /// <summary>How many columns those are.</summary>
    public const int ColumnCount = 18;

    /// <summary>The entry of the current row.</summary>
    /// <param name="first">The first of the columns.</param>
    public static StoredEntry ReadEntry(this NpgsqlDataReader row, int first = 0)
    {
        return new(
            row.GetInt64(first), row.GetDateTime(first + 1), row.GetString(first + 2), Text(3), Text(4), Text(5), row.GetString(first + 6),
            row.GetString(first + 7), Ids(8), Ids(10), row.GetInt64(first + 12), row.GetString(first + 13), Text(14), Text(15), Text(16),
            row.GetString(first + 17));

        string? Text(int column) => row.IsDBNull(first + column) ? null : row.GetString(first + column);
        AuditIds Ids(int column) => new(row.GetFieldValue<string?[]>(first + column), row.GetFieldValue<byte[][]>(first + column + 1));
    }
}
