using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Andi.Security;

/// <summary>
/// Whether tokens can be checked: unhealthy without the provider's keys, degraded with keys that could not be renewed or a revocation list that cannot be read.
/// </summary>
internal sealed class TokensHealthCheck(IOptions<SecurityOptions> security, RevocationList revoked, IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (security.Value.Authority is { Length: > 0 } authority)
        {
            var keys = services.GetRequiredService<AuthorityKeys>();
            if (await keys.FindAsync(null, cancellationToken) is null)
            {
                return HealthCheckResult.Unhealthy($"The keys of {authority} cannot be read, so that no token can be checked: {keys.Failure}");
            }

            if (keys.Failure is { } failure)
            {
                return HealthCheckResult.Degraded($"The keys of {authority} could not be renewed: {failure}");
            }
        }

        return revoked.Problem is { } problem ? HealthCheckResult.Degraded(problem) : HealthCheckResult.Healthy();
    }
}
