using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Andi.Audit;

/// <summary>Nothing is written or answered of which the log does not tell: 503.</summary>
internal sealed class AuditUnavailableHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not AuditUnavailableException)
        {
            return false;
        }

        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = "5";
        var context = new ProblemDetailsContext { HttpContext = httpContext, Exception = exception };
        context.ProblemDetails.Status = StatusCodes.Status503ServiceUnavailable;
        context.ProblemDetails.Title = "The audit log cannot be written.";
        context.ProblemDetails.Detail = "Every write and every read of a person's row is noted there, so this one was refused. Try again in a few seconds.";
        return await problems.TryWriteAsync(context);
    }
}
