using Andi.AnalyticsApi.Freshness;
using Andi.Warehouse.Client;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.AnalyticsApi.Requests;

/// <summary>Both stores answer and the warehouse is migrated.</summary>
internal sealed class StoresHealthCheck(AppliedPositions positions, ClickHouseClient warehouse) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var state = await positions.ReadAsync(cancellationToken);
            await warehouse.ScalarAsync<uint>(
                new("SELECT generation FROM ops.current_generation") { Name = "ops/current_generation", Timeout = TimeSpan.FromSeconds(5) }, cancellationToken);
            return HealthCheckResult.Healthy($"at {state.Position}, generation {state.Generation}");
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy(failure.Message, failure);
        }
    }
}
