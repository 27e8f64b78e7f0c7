using System.Globalization;
using System.Runtime.InteropServices;
using Andi.FaultCampaign.Setting;
using Andi.Sql;
using Andi.Topology;
using Andi.Warehouse.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.FaultCampaign.Reports;

/// <summary>What can only be read at the end: how much went through, and what it went through.</summary>
/// <param name="Changes">Changes of rows, counted by their positions.</param>
/// <param name="LandedRows">Rows of all landing tables: two for an update, one for any other change.</param>
/// <param name="Messages">Messages of the change topics: events, those that were sent again, and heartbeats.</param>
/// <param name="Inserts">Into landing tables, repeats not counted.</param>
/// <param name="PartitionTakeOvers">How often an ingestor took a partition, the first time included.</param>
/// <param name="RelayTakeOvers">How often another process than before took the replication slot.</param>
/// <param name="Versions">Of the stores and of .NET.</param>
/// <param name="Machine">Cores, memory and operating system.</param>
internal sealed record CampaignFigures(
    long Changes, long LandedRows, long Messages, long Inserts, long PartitionTakeOvers, long RelayTakeOvers, IReadOnlyList<string> Versions, string Machine)
{
    public static async Task<CampaignFigures> ReadAsync(CampaignTopology topology, CancellationToken cancellationToken)
    {
        using var warehouse = new ClickHouseClient(ClickHouseOptions.Parse(topology.Warehouse), NullLogger<ClickHouseClient>.Instance);
        const string Landed = "SELECT _position FROM merge('staging', '_changes$')";
        await using var ledger = new NpgsqlConnection(topology.Ledger);
        await ledger.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(EmbeddedSql.Read("Reports/Sql/ledger.sql"), ledger);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new CampaignFigures(
            await warehouse.ScalarAsync<long>(new ClickHouseStatement($"SELECT uniqExact(_position) FROM ({Landed})"), cancellationToken),
            await warehouse.ScalarAsync<long>(new ClickHouseStatement($"SELECT count() FROM ({Landed})"), cancellationToken),
            row.GetInt64(2),
            row.GetInt64(1),
            row.GetInt64(0),
            topology.Relays.TakeOvers,
            [
                $"PostgreSQL {ledger.PostgreSqlVersion}",
                $"Kafka, protocol {(topology.Kafka.IsLegacyProtocol ? KafkaDialect.Legacy : KafkaDialect.Modern)}",
                $"ClickHouse {await warehouse.ScalarAsync<string>(new ClickHouseStatement("SELECT version()"), cancellationToken)}",
                RuntimeInformation.FrameworkDescription,
            ],
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, {RuntimeInformation.OSDescription}"));
    }
}
