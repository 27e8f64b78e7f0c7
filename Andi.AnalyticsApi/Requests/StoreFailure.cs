using Andi.AnalyticsApi.Positions;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Andi.AnalyticsApi.Requests;

/// <summary>A store that does not answer is 503 with Retry-After: nothing is wrong with the request. Anything else remains a 500.</summary>
internal sealed partial class StoreFailureHandler(IProblemDetailsService problems, ILogger<StoreFailureHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        if (exception is not (TimeoutException or ClickHouseException { IsTransient: true } or NpgsqlException { IsTransient: true }
            or OperationCanceledException))
        {
            return false;
        }

        LogUnavailable(exception, httpContext.Request.Path);
        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = "1";
        var context = new ProblemDetailsContext { HttpContext = httpContext, Exception = exception };
        context.ProblemDetails.Status = StatusCodes.Status503ServiceUnavailable;
        context.ProblemDetails.Title = "A store does not answer.";
        context.ProblemDetails.Detail = exception is NpgsqlException ? "PostgreSQL does not answer." : "The warehouse does not answer, or not in time.";
        return await problems.TryWriteAsync(context);
    }

    [LoggerMessage(4001, LogLevel.Warning, "{Path} could not be answered: a store does not answer")]
    private partial void LogUnavailable(Exception failure, string path);
}

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
