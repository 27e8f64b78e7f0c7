using System.Globalization;
using System.Text.Json;
using Andi.Bench.Measuring;
using Andi.Bench.Queries.DuckDb;
using Andi.Sql;
using Npgsql;

namespace Andi.Bench.Queries;

/// <summary>PostgreSQL and DuckDB with the same scores.</summary>
internal sealed class Peers(NpgsqlDataSource postgres, DuckDbDatabase duck, int districts)
{
    private const int Requests = 12;
    private const int WarmUp = 2;
    private const int Seed = 5;
    private const double Tolerance = 1e-9;

    /// <summary>The median of each run, in milliseconds.</summary>
    public Task<List<double>> PostgresAsync(string sql, int runs, CancellationToken cancellationToken) =>
        RunsAsync(sql, runs, text => AskPostgresAsync(text, cancellationToken));

    /// <inheritdoc cref="PostgresAsync"/>
    public Task<List<double>> DuckDbAsync(string sql, int runs) => RunsAsync(sql, runs, text => Task.FromResult(duck.Ask(text)));

    /// <exception cref="InvalidOperationException">The endpoint's comparison of the districts in M1 is not that of both peers.</exception>
    public async Task DemandSameAsync(JsonDocument endpoint, CancellationToken cancellationToken)
    {
        var sql = EmbeddedSql.Read("Queries/Sql/peer_state.sql").Replace("$test", "M1", StringComparison.Ordinal);
        foreach (var answer in new[] { await AskPostgresAsync(sql, cancellationToken), duck.Ask(sql) })
        {
            var rows = answer.Split('\n').Select(line => line.Split('\t')).ToDictionary(row => (row[0], row[1]));
            var items = endpoint.RootElement.GetProperty("items").EnumerateArray().ToList();
            var same = items.Count == rows.Count && items.All(item =>
            {
                var row = rows[(item.GetProperty("id").GetString()!, item.GetProperty("schoolYear").GetString()!)];
                return item.GetProperty("totalStudents").GetInt64() == long.Parse(row[2], CultureInfo.InvariantCulture)
                    && Math.Abs(item.GetProperty("avgScore").GetDouble() - Number(row[3])) < Tolerance
                    && Math.Abs(item.GetProperty("medianScore").GetDouble() - Number(row[4])) < Tolerance;
            });
            if (!same)
            {
                throw new InvalidOperationException($"The endpoint answers otherwise than a peer: {items.FirstOrDefault()} and {answer.Split('\n')[0]}.");
            }
        }
    }

    private async Task<List<double>> RunsAsync(string sql, int runs, Func<string, Task<string>> ask)
    {
        var random = new Random(Seed);
        string Next() => sql
            .Replace("$teacher", $"T{random.Next(districts * 100) + 1}", StringComparison.Ordinal)
            .Replace("$test", $"M{random.Next(5) + 1}", StringComparison.Ordinal)
            .Replace("$year", Question.YearOf(random), StringComparison.Ordinal);
        for (var i = 0; i < WarmUp; i++)
        {
            await ask(Next());
        }

        var medians = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            var times = new Latencies();
            for (var i = 0; i < Requests; i++)
            {
                var text = Next();
                await times.TimeAsync(() => ask(text));
            }

            medians.Add(times.At(0.5));
        }

        return medians;
    }

    private async Task<string> AskPostgresAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(sql);
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new List<string>();
        while (await row.ReadAsync(cancellationToken))
        {
            lines.Add(string.Join(
                '\t', Enumerable.Range(0, row.FieldCount).Select(column => Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture))));
        }

        return string.Join('\n', lines);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
