using Npgsql;

namespace Andi.IntegrationTests.Oltp;

/// <summary>Rows that the database itself must not take.</summary>
internal static class RefusedRows
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>First the row as it is fine, so that what is refused is the value and nothing else; both are rolled back.</summary>
    /// <param name="row">Values as SQL, by column.</param>
    public static async Task RefusesAsync(this NpgsqlDataSource database, string table, Dictionary<string, string> row, string column, string value)
    {
        await using var connection = await database.OpenConnectionAsync(Cancellation);
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await InsertAsync(connection, table, row);
        }

        row[column] = value;
        await using var again = await connection.BeginTransactionAsync(Cancellation);
        var exception = await Should.ThrowAsync<PostgresException>(() => InsertAsync(connection, table, row));
        exception.SqlState.ShouldBeOneOf(
            PostgresErrorCodes.CheckViolation, PostgresErrorCodes.NotNullViolation, PostgresErrorCodes.ForeignKeyViolation,
            PostgresErrorCodes.NumericValueOutOfRange);
    }

    private static async Task InsertAsync(NpgsqlConnection connection, string table, Dictionary<string, string> row)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {table} ({string.Join(", ", row.Keys)}) VALUES ({string.Join(", ", row.Values)})";
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
