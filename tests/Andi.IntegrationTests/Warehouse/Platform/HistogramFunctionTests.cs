using System.Globalization;
using Andi.Warehouse.Client;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.IntegrationTests.Warehouse.Platform;

/// <summary>The functions over histograms against PostgreSQL itself, on the same numbers.</summary>
[Collection(WarehouseCollection.Name)]
public sealed class HistogramFunctionTests(ClickHouseFixture clickHouse, EnginesFixture engines)
{
    private const int Rounds = 100;

    private static readonly double[] Quantiles = [0, 0.1, 0.25, 1.0 / 3, 0.5, 0.75, 0.9, 0.99, 1];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Category", "Long")]
    public async Task Quantiles_are_PostgreSQLs_to_the_bit_and_averages_and_deviations_to_1e_9()
    {
        await MigrateAsync();
        await using var postgres = NpgsqlDataSource.Create(engines.Oltp);
        var random = new Random(11);
        for (var round = 0; round < Rounds; round++)
        {
            var values = Values(random);
            var expected = await PostgresAsync(postgres, values);
            var answer = await WarehouseAsync(values, random);
            answer.Quantiles.ShouldBe(expected.Quantiles, $"round {round}: {string.Join(' ', values)}");
            answer.Average.ShouldBe(expected.Average, 1e-9);
            answer.Deviation.ShouldBe(expected.Deviation, 1e-9);
            answer.Minimum.ShouldBe((double)values.Min());
            answer.Maximum.ShouldBe((double)values.Max());
        }
    }

    [Fact]
    public async Task Values_that_are_close_together_keep_their_deviation()
    {
        await MigrateAsync();

        // A million students, half at 99.99, half at 100: 0.005. Floating point sums of squares lose it.
        const string Sql =
            "SELECT andi_stddev_pop(toInt64(1000000), toInt64(500000) * 9999 + toInt64(500000) * 10000, "
            + "toInt64(500000) * 99980001 + toInt64(500000) * 100000000, 100)";
        (await clickHouse.Client.ScalarAsync<double>(new(Sql), Cancel)).ShouldBe(0.005, 1e-15);
    }

    [Fact]
    public async Task What_was_taken_back_is_not_there()
    {
        await MigrateAsync();
        const string Sql = "SELECT toString(andi_histogram(CAST(map(7000, 0, 5000, 2, 9000, 1), 'Map(Int32, Int64)')))";
        (await clickHouse.Client.ScalarAsync<string>(new(Sql), Cancel)).ShouldBe("[(5000,2),(9000,1)]");
        (await clickHouse.Client.ScalarAsync<string>(
            new("SELECT isNull(andi_percentile(andi_histogram(CAST(map(7000, 0), 'Map(Int32, Int64)')), 100, 0.5))"), Cancel)).ShouldBe("1");
    }

    /// <summary>From one value to some hundreds; some rounds with few different ones.</summary>
    private static decimal[] Values(Random random)
    {
        var different = random.Next(3) == 0 ? 5 : 10_001;
        return [.. Enumerable.Range(0, random.Next(3) == 0 ? random.Next(1, 4) : random.Next(1, 400)).Select(_ => random.Next(different) / 100m)];
    }

    private static async Task<Moments> PostgresAsync(NpgsqlDataSource postgres, decimal[] values)
    {
        await using var command = postgres.CreateCommand("""
            SELECT percentile_cont($2::float8[]) WITHIN GROUP (ORDER BY v), avg(v)::float8, stddev_pop(v)::float8
            FROM unnest($1::numeric(5,2)[]) AS v
            """);
        command.Parameters.Add(new() { Value = values });
        command.Parameters.Add(new() { Value = Quantiles });
        await using var row = await command.ExecuteReaderAsync(Cancel);
        (await row.ReadAsync(Cancel)).ShouldBeTrue();
        return new Moments(row.GetFieldValue<double[]>(0), row.GetDouble(1), row.GetDouble(2), 0, 0);
    }

    private async Task<Moments> WarehouseAsync(decimal[] values, Random random)
    {
        // As the aggregates hold them: maps that add up, some of what they hold taken back by others.
        var changes = values.SelectMany(value => random.Next(4) == 0 ? new[] { (value, 1), (value, -1), (value, 1) } : [(value, 1)]).ToArray();
        var bits = Quantiles.Select(p => BitConverter.DoubleToUInt64Bits(p).ToString(CultureInfo.InvariantCulture));
        var quantiles = string.Join(", ", bits.Select(p => $"andi_percentile(sorted, 100, reinterpretAsFloat64(toUInt64({p})))"));
        var statement = new ClickHouseStatement($$"""
            SELECT [{{quantiles}}] AS quantiles, andi_average(n, total, 100) AS average, andi_stddev_pop(n, total, squares, 100) AS deviation,
                sorted[1].1 / 100 AS minimum, sorted[-1].1 / 100 AS maximum
            FROM
            (
                SELECT andi_histogram(sumMap(map(toInt32(value), toInt64(sign)))) AS sorted, sum(toInt64(sign)) AS n,
                    sum(toInt64(sign) * value) AS total, sum(toInt64(sign) * value * value) AS squares
                FROM (SELECT arrayJoin(arrayZip({values:Array(Int32)}, {signs:Array(Int8)})) AS change, change.1 AS value, change.2 AS sign)
            )
            """)
        {
            Parameters = new() { { "values", changes.Select(change => (int)(change.Item1 * 100)) }, { "signs", changes.Select(change => change.Item2) } },
        };
        return (await clickHouse.Client.QueryAsync<Moments>(statement, Cancel)).ShouldHaveSingleItem();
    }

    private async Task MigrateAsync() => await new WarehouseMigrator(
        clickHouse.Client, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance).MigrateAsync(cancellationToken: Cancel);
}

internal sealed record Moments(double[] Quantiles, double Average, double Deviation, double Minimum, double Maximum);
