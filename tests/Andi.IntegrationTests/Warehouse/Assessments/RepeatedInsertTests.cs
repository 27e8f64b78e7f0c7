using Andi.Warehouse.Client;
using Andi.Warehouse.Ingest;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.IntegrationTests.Warehouse.Assessments;

/// <summary>An insert may be repeated with its token, whole or after it failed halfway: every table then holds it once.</summary>
[Collection(WarehouseCollection.Name)]
public sealed class RepeatedInsertTests(ClickHouseFixture clickHouse)
{
    private static readonly string[] Tables =
    [
        "staging.scores_changes", "facts.student_scores", "facts.student_score_places", "agg.classroom_scores", "agg.school_scores", "agg.district_scores",
        "agg.dimension_scores", "agg.district_score_values", "agg.district_score_bands",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // More classrooms than the engine puts into one block, so that each view's GROUP BY has several; then more months than one insert may have by default.
    [Theory]
    [Trait("Category", "Long")]
    [InlineData(70_000, 2)]
    [InlineData(1_300, 130)]
    public async Task Large_insert_counts_once(int rows, int months)
    {
        var (settings, generation) = await BeginAsync();
        var batch = await BatchAsync(generation, rows, months);
        await InsertAsync(batch, settings, $"large {generation}");
        (await StateAsync(generation)).ShouldBe(Counted(rows));
        await InsertAsync(batch, settings, $"large {generation}");
        (await StateAsync(generation)).ShouldBe(Counted(rows));

        // Another token is another insert.
        await InsertAsync(batch, settings, $"large {generation} again");
        (await StateAsync(generation))["agg.district_scores"].ShouldBe(2 * rows);
    }

    [Theory]
    [InlineData("facts.student_scores")]
    [InlineData("facts.student_score_places")]
    [InlineData("agg.classroom_scores")]
    [InlineData("agg.school_scores")]
    [InlineData("agg.district_scores")]
    [InlineData("agg.dimension_scores")]
    [InlineData("agg.district_score_values")]
    [InlineData("agg.district_score_bands")]
    public async Task Insert_that_failed_halfway_is_completed_by_its_repetition(string table)
    {
        const int Rows = 1_000;
        var (settings, generation) = await BeginAsync();
        var batch = await BatchAsync(generation, Rows, 3);
        await clickHouse.Client.ExecuteAsync(new($"ALTER TABLE {table} ADD CONSTRAINT broken CHECK _generation != {generation}"), Cancel);
        try
        {
            await Should.ThrowAsync<ClickHouseException>(() => InsertAsync(batch, settings, $"halfway {generation}"));
            var halfway = await StateAsync(generation);
            halfway["staging.scores_changes"].ShouldBe(Rows);
            halfway[table].ShouldBe(0);
        }
        finally
        {
            await clickHouse.Client.ExecuteAsync(new($"ALTER TABLE {table} DROP CONSTRAINT broken"), Cancel);
        }

        await InsertAsync(batch, settings, $"halfway {generation}");
        (await StateAsync(generation)).ShouldBe(Counted(Rows));
    }

    /// <summary>Two dimensions at three levels each.</summary>
    private static Dictionary<string, long> Counted(long rows) => Tables.ToDictionary(name => name, name => name == "agg.dimension_scores" ? 6 * rows : rows);

    private async Task<(ExactlyOnceSettings Settings, uint Generation)> BeginAsync()
    {
        await new WarehouseMigrator(clickHouse.Client, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance)
            .MigrateAsync(cancellationToken: Cancel);
        return (await ExactlyOnceSettings.DiscoverAsync(clickHouse.Client, Cancel), (uint)Random.Shared.Next(10_000, int.MaxValue));
    }

    private async Task InsertAsync(byte[] rows, ExactlyOnceSettings settings, string token) => await clickHouse.Client.InsertAsync(
        new ClickHouseInsert("staging", "scores_changes", "Native") { Settings = settings.For(token), Timeout = TimeSpan.FromMinutes(2) }, rows, Cancel);

    /// <summary>Rows, each of its own classroom, over months that are not old enough to be dropped.</summary>
    private async Task<byte[]> BatchAsync(uint generation, int rows, int months)
    {
        var sql = $$"""
            SELECT 'S' || toString(number) AS score_id, 'P' || toString(number) AS student_id, 'T' || toString(number) AS teacher_id,
                'X' AS test_id, '2025-2026' AS school_year,
                toStartOfMonth(today()) - toIntervalMonth(50 % {{months}}) + toIntervalMonth(number % {{months}}) AS test_date,
                'scored' AS status,
                toNullable(toDecimal32(number % 100, 4)) AS overall_score, toNullable(toInt16(1)) AS overall_performance_level,
                '{"logic":' || toString(number % 100) || ',"speed":50.5}' AS dimension_scores,
                'C' || toString(number) AS school_id, 'D' || toString(number) AS district_id, 'ST' AS state_id, '5' AS grade,
                toInt8(1) AS _sign, bitShiftLeft(toUInt128(number), 32) AS _position, number AS _txid, toUInt8(0) AS _deleted,
                toUInt32({{generation}}) AS _generation, toUInt16(0) AS _partition, toInt64(number) AS _offset,
                now64(6, 'UTC') AS _committed_at, now64(6, 'UTC') AS _ingested_at, '' AS _unmapped
            FROM numbers({{rows}}) FORMAT Native
            """;
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-ClickHouse-User", clickHouse.Options.Username);
        http.DefaultRequestHeaders.Add("X-ClickHouse-Key", clickHouse.Options.Password);
        using var answer = await http.PostAsync(clickHouse.Options.Endpoint, new StringContent(sql), Cancel);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Cancel);
    }

    /// <summary>What each table counts: rows, of aggregates the scores in them.</summary>
    private async Task<Dictionary<string, long>> StateAsync(uint generation)
    {
        var state = new Dictionary<string, long>();
        foreach (var table in Tables)
        {
            var count = table.StartsWith("agg.", StringComparison.Ordinal) ? "sum(scores)" : "count()";
            state[table] = await clickHouse.Client.ScalarAsync<long>(new($"SELECT {count} FROM {table} WHERE _generation = {generation}"), Cancel);
        }

        return state;
    }
}
