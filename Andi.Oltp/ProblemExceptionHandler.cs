using Andi.Oltp.Storage;
using Andi.Oltp.Validation;
using Microsoft.AspNetCore.Diagnostics;

namespace Andi.Oltp;

/// <summary>Writes the document of a <see cref="ProblemException"/>, and of a database that cannot be reached: 503, to be tried again.</summary>
internal sealed partial class ProblemExceptionHandler(IProblemDetailsService problems, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    private const string RetryAfterSeconds = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception as ProblemException;
        if (problem is null && PostgresFailures.IsUnavailable(exception))
        {
            LogUnavailable(exception);
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
            problem = new ProblemException(
                StatusCodes.Status503ServiceUnavailable, "The database is not available.", "Nothing was written. Try again in a few seconds.");
        }

        if (problem is null)
        {
            return false;
        }

        httpContext.Response.StatusCode = problem.Status;
        var context = new ProblemDetailsContext { HttpContext = httpContext, Exception = exception };
        context.ProblemDetails.Status = problem.Status;
        context.ProblemDetails.Title = problem.Title;
        context.ProblemDetails.Detail = problem.Message;
        if (problem.Errors.Count > 0)
        {
            context.ProblemDetails.Extensions["errors"] = problem.Errors;
        }

        foreach (var (name, value) in problem.Members)
        {
            context.ProblemDetails.Extensions[name] = value;
        }

        return await problems.TryWriteAsync(context);
    }

    [LoggerMessage(1101, LogLevel.Error, "The transactional database is not available.")]
    private partial void LogUnavailable(Exception exception);
}
