using System.Globalization;
using System.Runtime.InteropServices;
using Andi.FaultCampaign.Setting;
using Andi.Warehouse.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.FaultCampaign.Reports;

/// <summary>What can only be read at the end: how much went through, and what it went through.</summary>
/// <param name="LandedRows">Rows of all landing tables: two for an update, one for any other change.</param>
/// <param name="Changes">Changes of rows, counted by their positions.</param>
/// <param name="Versions">Of the stores and of .NET.</param>
/// <param name="Machine">Cores, memory and operating system.</param>
internal sealed record CampaignFigures(long LandedRows, long Changes, IReadOnlyList<string> Versions, string Machine)
{
    public static async Task<CampaignFigures> ReadAsync(CampaignTopology topology, CancellationToken cancellationToken)
    {
        using var warehouse = new ClickHouseClient(ClickHouseOptions.Parse(topology.Warehouse), NullLogger<ClickHouseClient>.Instance);
        const string Landed = "SELECT _position FROM merge('staging', '_changes$')";
        await using var postgres = new NpgsqlConnection(topology.Postgres);
        await postgres.OpenAsync(cancellationToken);
        return new CampaignFigures(
            await warehouse.ScalarAsync<long>(new ClickHouseStatement($"SELECT count() FROM ({Landed})"), cancellationToken),
            await warehouse.ScalarAsync<long>(new ClickHouseStatement($"SELECT uniqExact(_position) FROM ({Landed})"), cancellationToken),
            [
                $"PostgreSQL {postgres.PostgreSqlVersion}",
                $"Kafka, protocol {(topology.Kafka.IsLegacyProtocol ? "0.9" : "modern")}",
                $"ClickHouse {await warehouse.ScalarAsync<string>(new ClickHouseStatement("SELECT version()"), cancellationToken)}",
                RuntimeInformation.FrameworkDescription,
            ],
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, {RuntimeInformation.OSDescription}"));
    }
}
