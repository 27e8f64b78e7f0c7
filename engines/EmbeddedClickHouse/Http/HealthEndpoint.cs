namespace Andi.EmbeddedClickHouse.Http;

/// <summary>What a server answers without a statement.</summary>
internal static class HealthEndpoint
{
    public static Task Ok(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=UTF-8";
        return context.Response.WriteAsync("Ok.\n", context.RequestAborted);
    }

    public static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=UTF-8";
        return context.Response.WriteAsync(
            $"There is no handle {context.Request.Path}\n\n"
            + "Use / or /ping for health checks, /replicas_status for replication.\n"
            + "Send queries from your program with POST method or GET /?query=...\n",
            context.RequestAborted);
    }
}
