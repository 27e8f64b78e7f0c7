using System.Text.Json.Serialization;
using Andi.Kafka;
using Andi.Sql;
using Andi.Warehouse.Client;

namespace Andi.Ingestor.Landing;

/// <summary>Asks ClickHouse for the shape of a topic's landing table; nothing here knows a table's name.</summary>
internal sealed class LandingTables(ClickHouseClient warehouse, KafkaConnection kafka)
{
    private const string Database = "staging";
    private static readonly string TablesSql = EmbeddedSql.Read("Landing/Sql/landing_tables.sql");
    private static readonly string ColumnsSql = EmbeddedSql.Read("Landing/Sql/landing_columns.sql");

    /// <summary>The landing table of a change topic, as it is now; null where there is none (yet).</summary>
    public async Task<LandingTable?> FindAsync(string topic, CancellationToken cancellationToken)
    {
        var name = $"{TableOf(topic)}_changes";
        var statement = new ClickHouseStatement(ColumnsSql)
        {
            Name = "landing_columns",
            Parameters = new ClickHouseParameters { { "database", Database }, { "table", name } },
        };
        var columns = await warehouse.QueryAsync(statement, LandingJson.Default.ColumnRow, cancellationToken);
        return columns.Count == 0 ? null : new LandingTable(Database, name, [.. columns.Select(column => new LandingColumn(column.Name, column.Type))]);
    }

    /// <summary>The topics whose changes have a landing table, whether or not the relay has made them yet.</summary>
    public async Task<string[]> ExpectedTopicsAsync(CancellationToken cancellationToken)
    {
        var statement = new ClickHouseStatement(TablesSql) { Parameters = new ClickHouseParameters { { "database", Database } } };
        var tables = await warehouse.QueryAsync(statement, LandingJson.Default.ColumnRow, cancellationToken);
        return [.. tables.Select(table => kafka.TopicOf(1, "public", table.Name[..^"_changes".Length]))];
    }

    /// <summary><c>{prefix}.{schema}.{table}</c> → <c>table</c></summary>
    private string TableOf(string topic) => topic[(topic.IndexOf('.', kafka.TopicPrefix.Length + 1) + 1)..];
}

internal sealed record ColumnRow(string Name, string Type);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ColumnRow))]
internal sealed partial class LandingJson : JsonSerializerContext;
