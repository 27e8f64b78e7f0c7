using System.Diagnostics;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Andi.Problems;

/// <summary>Every error is an RFC 9457 problem document, carrying the trace id under which its spans and logs are found.</summary>
internal static class ProblemExtensions
{
    public static void AddAndiProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Instance ??= context.HttpContext.Request.Path;
            context.ProblemDetails.Extensions["traceId"] = Activity.Current?.TraceId.ToString();
        });
        services.AddExceptionHandler<GoneCallerHandler>();
        services.AddExceptionHandler<BadRequestHandler>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }
}
