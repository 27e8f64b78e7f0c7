using Andi.FaultCampaign.Setting;
using Andi.Warehouse.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.FaultCampaign.Comparison;

/// <summary>Checks in the landing tables that every change is there once, and that what they add up to is PostgreSQL's rows.</summary>
internal sealed class LandingCheck(CampaignTopology topology)
{
    private static readonly (string Table, string Key)[] Tables =
    [
        ("districts", "district_id"), ("schools", "school_id"), ("teachers", "teacher_id"), ("students", "student_id"),
        ("tests", "test_id"), ("scores", "score_id"),
        ("ciq_sessions", "session_id"), ("resources", "resource_id"), ("resource_usage", "usage_id"), ("community_activity", "activity_id"),
    ];

    public async Task RunAsync(Differences differences, CancellationToken cancellationToken)
    {
        using var warehouse = new ClickHouseClient(ClickHouseOptions.Parse(topology.Warehouse), NullLogger<ClickHouseClient>.Instance);
        await using var postgres = new NpgsqlConnection(topology.Postgres);
        await postgres.OpenAsync(cancellationToken);
        var sql = Andi.Sql.EmbeddedSql.Read("Comparison/Sql/landing.sql");
        foreach (var (table, key) in Tables)
        {
            var statement = sql.Replace("{table}", $"staging.{table}_changes", StringComparison.Ordinal).Replace("{key}", key, StringComparison.Ordinal);
            var found = (await warehouse.QueryAsync<Landing>(new ClickHouseStatement(statement), cancellationToken))[0];
            await using var count = new NpgsqlCommand($"SELECT count(*) FROM {table}", postgres);
            differences.Compare($"{table}, rows that the landing table adds up to", (long)(await count.ExecuteScalarAsync(cancellationToken))!, found.Standing);
            differences.Compare($"{table}, keys whose signs add up to neither 0 nor 1 in the landing table", 0, found.WrongKeys);
            differences.Compare($"{table}, changes that are in the landing table twice", 0, found.Repeated);
        }

        differences.Compare("dead letters", 0, DeadLetters.Count(topology.Kafka));
    }

    internal sealed record Landing(long Standing, long WrongKeys, long Repeated);
}
