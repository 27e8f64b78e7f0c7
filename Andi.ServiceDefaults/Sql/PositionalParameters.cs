using Npgsql;
using NpgsqlTypes;

namespace Andi.Sql;

/// <summary>Values of a statement's <c>$1</c>, <c>$2</c> and so on.</summary>
public static class PositionalParameters
{
    /// <summary>
    /// Adds values in order, behind those that are there. One whose .NET type does not tell PostgreSQL's may be an <see cref="NpgsqlParameter"/>;
    /// a null is PostgreSQL's.
    /// </summary>
    public static void AddInOrder(this NpgsqlParameterCollection parameters, params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            parameters.Add(value switch
            {
                NpgsqlParameter parameter => parameter,
                NpgsqlLogSequenceNumber lsn => new NpgsqlParameter { Value = lsn, NpgsqlDbType = NpgsqlDbType.PgLsn },
                _ => new NpgsqlParameter { Value = value ?? DBNull.Value },
            });
        }
    }
}
