using Andi.AnalyticsApi.Freshness;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.AnalyticsApi.Requests;

/// <summary>Both stores answer and the warehouse is migrated.</summary>
internal sealed class StoresHealthCheck(AppliedPositions positions) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var state = await positions.ReadAsync(cancellationToken);
            return HealthCheckResult.Healthy($"at {state.Position}, generation {state.Generation}");
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy(failure.Message, failure);
        }
    }
}
