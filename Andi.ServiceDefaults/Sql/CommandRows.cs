using Npgsql;

namespace Andi.Sql;

/// <summary>The rows of a statement.</summary>
public static class CommandRows
{
    /// <summary>Runs the statement and reads every row, in the order in which they come.</summary>
    /// <param name="command">The statement; it can be run again.</param>
    /// <param name="read">Reads the current row.</param>
    public static async Task<List<T>> ReadAllAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
