using Npgsql;

namespace Andi.EndToEndTests.Assessments;

/// <summary>What PostgreSQL itself computes from the rows as they stand: the answer that the warehouse must give.</summary>
internal sealed class PostgresOracle(string connectionString)
{
    private const string Statistics = """
        count(*)::double precision,
        avg(overall_score)::double precision,
        avg(overall_performance_level)::double precision,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY overall_score),
        percentile_cont(0.25) WITHIN GROUP (ORDER BY overall_score),
        percentile_cont(0.75) WITHIN GROUP (ORDER BY overall_score),
        min(overall_score)::double precision,
        max(overall_score)::double precision,
        stddev_pop(overall_score)::double precision,
        count(*) FILTER (WHERE overall_score >= 90)::double precision,
        count(*) FILTER (WHERE overall_score >= 80 AND overall_score < 90)::double precision,
        count(*) FILTER (WHERE overall_score >= 70 AND overall_score < 80)::double precision,
        count(*) FILTER (WHERE overall_score < 70)::double precision
        """;

    /// <summary>The statistics of all scores where a column has a value, by grade.</summary>
    public Task<IReadOnlyDictionary<string, Summary>> ByGradeAsync(string column, string value) => ReadAsync(
        $"SELECT grade, {Statistics} FROM scores WHERE {column} = $1 GROUP BY grade", value);

    /// <summary>The statistics of all scores where a column has a value, by another column.</summary>
    public Task<IReadOnlyDictionary<string, Summary>> ByAsync(string group, string column, string value) => ReadAsync(
        $"SELECT {group}, {Statistics} FROM scores WHERE {column} = $1 GROUP BY {group}", value);

    /// <summary>Per dimension, where a column has a value.</summary>
    public Task<IReadOnlyDictionary<string, Summary>> ByDimensionAsync(string column, string value) => ReadAsync(
        $"""
        SELECT dimension, {Statistics}
        FROM (SELECT d.key AS dimension, d.value::numeric AS overall_score, overall_performance_level
              FROM scores, jsonb_each_text(dimension_scores) AS d WHERE {column} = $1) AS scores
        GROUP BY dimension
        """,
        value);

    private async Task<IReadOnlyDictionary<string, Summary>> ReadAsync(string sql, string value)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = value } } };
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var groups = new Dictionary<string, Summary>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            double At(int column) => reader.GetDouble(column + 1);
            groups.Add(reader.GetString(0), new Summary(
                At(0), At(1), At(2), At(3), At(4), At(5), At(6), At(7), At(8), At(9), At(10), At(11), At(12)));
        }

        return groups;
    }
}

internal sealed record Summary(
    double Count, double Avg, double AvgLevel, double Median, double Q1, double Q3, double Min, double Max, double StdDev,
    double Excellent, double Good, double Fair, double NeedsImprovement);
