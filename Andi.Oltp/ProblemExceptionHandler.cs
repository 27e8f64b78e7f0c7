using Andi.Oltp.Storage;
using Andi.Oltp.Validation;
using Microsoft.AspNetCore.Diagnostics;

namespace Andi.Oltp;

/// <summary>
/// Writes the document of a <see cref="ProblemException"/>; of a database that cannot be reached, to be tried again, and of a table whose changes PostgreSQL
/// refuses: 503.
/// </summary>
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

        if (problem is null && PostgresFailures.IsRefusedForCapture(exception))
        {
            LogRefusedForCapture(exception);
            problem = new ProblemException(
                StatusCodes.Status503ServiceUnavailable,
                "The database refuses changes of this table.",
                "Nothing was written. The table has a generated column that is not published; the change relay's health names the statement that mends it.");
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

    [LoggerMessage(1102, LogLevel.Error, "PostgreSQL refuses changes of a table that has a generated column that is not published.")]
    private partial void LogRefusedForCapture(Exception exception);
}
