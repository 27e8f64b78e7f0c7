using System.Text.Json;
using Andi.AnalyticsApi.Freshness;
using Andi.Security;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Andi.AnalyticsApi.Answers;

/// <summary>
/// Answers a question that was answered at the same rows before with the same bytes. Behind authorisation and behind <see cref="ReadPositionFilter"/>, so that who
/// may not ask gets no answer and the position is this request's own; the caller's role and scope are part of the key, as an answer may depend on them.
/// </summary>
internal sealed class AnswerCacheFilter(AnswerCache cache, IOptions<JsonOptions> json) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var state = http.RequestServices.GetRequiredService<ReadState>();
        if (state.Applied.RowsTag(state.OldestMonth) is not { } rows)
        {
            return await next(context);
        }

        var key = Key(http);
        if (cache.Answers.Find(rows, key) is { } known)
        {
            return new StoredAnswer(known);
        }

        var result = await next(context);
        return Value(result) is { } value
            ? new StoredAnswer(cache.Answers.Keep(rows, key, JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), json.Value.SerializerOptions)))
            : result;
    }

    // Encoded, path and query have no line breaks.
    private static string Key(HttpContext http) =>
        $"{Claims(http, ClaimNames.Role)}\n{Claims(http, ClaimNames.ScopeId)}\n{http.Request.Path.ToUriComponent()}{http.Request.QueryString.ToUriComponent()}";

    private static string Claims(HttpContext http, string name) => JsonSerializer.Serialize(http.User.FindAll(name).Select(claim => claim.Value));

    private static object? Value(object? result) =>
        result is INestedHttpResult { Result: IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK } and IValueHttpResult answer } ? answer.Value : null;
}
