using System.Data;
using System.Globalization;
using Andi.Sql;
using Npgsql;

namespace Andi.FaultCampaign.Comparison;

/// <summary>The oracle: what PostgreSQL itself computes from its rows. All answers are of one snapshot.</summary>
internal sealed class PostgresAnswers : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private PostgresAnswers(NpgsqlConnection connection) => _connection = connection;

    public static async Task<PostgresAnswers> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        return new PostgresAnswers(connection);
    }

    /// <summary>Closes the snapshot.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>The position of the last commit, as a write's answer would tell it.</summary>
    public async Task<string> PositionAsync(CancellationToken cancellationToken) =>
        (string)(await ScalarAsync("SELECT (pg_current_wal_flush_lsn() - 1)::text", cancellationToken))!;

    /// <summary>How many transactions of others are writing.</summary>
    public async Task<long> WritingAsync(CancellationToken cancellationToken) =>
        (long)(await ScalarAsync("SELECT count(*) FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND datname = current_database()", cancellationToken))!;

    /// <summary>Changes with any row of any captured table.</summary>
    public async Task<string> FingerprintAsync(CancellationToken cancellationToken) =>
        (string)(await ScalarAsync(EmbeddedSql.Read("Comparison/Sql/fingerprint.sql"), cancellationToken))!;

    /// <summary>How many scores there are.</summary>
    public async Task<long> ScoresAsync(CancellationToken cancellationToken) => (long)(await ScalarAsync("SELECT count(*) FROM scores", cancellationToken))!;

    /// <summary>Every thing of a kind.</summary>
    public async Task<IReadOnlyDictionary<string, Row>> ThingsAsync(string kind, CancellationToken cancellationToken) =>
        (await ReadAsync(EmbeddedSql.Read($"Comparison/Sql/{kind}.sql"), [], cancellationToken)).ToDictionary(found => found.Of, found => found.Row);

    /// <summary>The rows of each thing's answer.</summary>
    public async Task<ILookup<string, Row>> AnswerAsync(Question question, Filter filter, CancellationToken cancellationToken)
    {
        var sql = EmbeddedSql.Read($"Comparison/Sql/{question.Name}.sql").Replace("{group}", question.Group, StringComparison.Ordinal);
        return (await ReadAsync(sql, [filter.Year, filter.Test], cancellationToken)).ToLookup(found => found.Of, found => found.Row);
    }

    private async Task<List<(string Of, Row Row)>> ReadAsync(string sql, string?[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = (object?)parameter ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<(string, Row)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var values = new Dictionary<string, object?>();
            for (var column = 1; column < reader.FieldCount; column++)
            {
                values[reader.GetName(column)] = reader.IsDBNull(column) ? null
                    : reader.GetDataTypeName(column) == "jsonb" ? new Row.Json(reader.GetString(column))
                    : reader.GetValue(column) is IConvertible and not (string or double) and var number ? Convert.ToInt64(number, CultureInfo.InvariantCulture)
                    : reader.GetValue(column);
            }

            found.Add((reader.GetString(0), new Row(values)));
        }

        return found;
    }

    private async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
