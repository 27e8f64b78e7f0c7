using Andi.FaultCampaign.Setting;
using Andi.Sql;
using Andi.Warehouse.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.FaultCampaign.Reports;

/// <summary>What the stores say while something is wrong: who waits for whom, and how far each partition is. Goes into the timeline.</summary>
internal static class Diagnosis
{
    public static async Task TakeAsync(CampaignTopology topology, Timeline timeline)
    {
        await AskPostgresAsync(topology.Postgres, "Reports/Sql/sessions.sql", timeline);
        await AskPostgresAsync(topology.Postgres, "Reports/Sql/slots.sql", timeline);
        await AskPostgresAsync(topology.Ledger, "Reports/Sql/partitions.sql", timeline);
        await AskClickHouseAsync(topology.Warehouse, "Reports/Sql/statements.sql", timeline);
        await AskClickHouseAsync(topology.Warehouse, "Reports/Sql/threads.sql", timeline);
    }

    private static async Task AskPostgresAsync(string connectionString, string question, Timeline timeline)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString + ";Timeout=5;Command Timeout=10");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(EmbeddedSql.Read(question), connection);
            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                timeline.Note("diagnosis", $"{question}: {row.GetString(0)}");
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            timeline.Note("diagnosis", $"{question}: {exception.Message}");
        }
    }

    private static async Task AskClickHouseAsync(string connectionString, string question, Timeline timeline)
    {
        try
        {
            using var warehouse = new ClickHouseClient(ClickHouseOptions.Parse(connectionString), NullLogger<ClickHouseClient>.Instance);
            var text = await warehouse.ScalarAsync<string>(new ClickHouseStatement(EmbeddedSql.Read(question)) { Timeout = TimeSpan.FromSeconds(10) });
            timeline.Note("diagnosis", $"{question}:\n{text}");
        }
        catch (Exception exception) when (exception is ClickHouseException or TimeoutException or InvalidOperationException)
        {
            timeline.Note("diagnosis", $"{question}: {exception.Message}");
        }
    }
}
