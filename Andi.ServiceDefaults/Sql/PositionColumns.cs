using Andi.ChangeEvents;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Sql;

/// <summary>Positions as PostgreSQL's tables hold them: a column <c>commit_lsn</c>, and a column <c>change_index</c> right behind it.</summary>
public static class PositionColumns
{
    /// <summary>Reads the pair; <see cref="Position.None"/> where it is null.</summary>
    /// <param name="row">The current row.</param>
    /// <param name="column">Of the LSN.</param>
    public static Position GetPosition(this NpgsqlDataReader row, int column) => row.IsDBNull(column)
        ? Position.None
        : new Position((ulong)row.GetFieldValue<NpgsqlLogSequenceNumber>(column), (uint)row.GetInt64(column + 1));
}
