using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Andi.Problems;

/// <summary>A caller who has gone away while the request was read or answered: nobody is there to be told, and nothing is wrong here.</summary>
internal sealed class GoneCallerHandler : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The reset may be seen before the request counts as aborted.
        var isGone = exception is ConnectionResetException or ConnectionAbortedException
            || (httpContext.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException);
        if (isGone)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }

        return ValueTask.FromResult(isGone);
    }
}
