using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Andi.AnalyticsApi.Positions;
using Andi.Requests;
using Andi.Security;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using ZiggyCreatures.Caching.Fusion;

namespace Andi.AnalyticsApi.Cache;

/// <summary>Section <c>AnswerCache</c> of the configuration.</summary>
internal sealed class AnswerCacheOptions
{
    public const string Section = "AnswerCache";

    /// <summary>How many bytes of answers are kept at most; default 64 MiB, 0: none.</summary>
    [Range(0L, 16L * 1024 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 64 * 1024 * 1024;
}

/// <summary>
/// Answers as they were sent, by the version of the rows that they were computed from, and by who asked what. With the first confirmed insert, all of them are
/// of before.
/// </summary>
internal sealed class AnswerCache(IOptions<AnswerCacheOptions> options) : IDisposable
{
    // What the runtime takes for an entry beside its content.
    private const int EntryBytes = 500;

    // As long as a statement may take: who waits longer for an equal question asks for itself.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly FusionCache _cache = new(
        new FusionCacheOptions
        {
            CacheName = "answers",
            DefaultEntryOptions = { Duration = TimeSpan.FromHours(1), MemoryLockTimeout = LongestWait },
        },
        new MemoryCache(new MemoryCacheOptions { SizeLimit = options.Value.MaxBytes }));

    public bool IsOff => options.Value.MaxBytes == 0;

    public void Dispose() => _cache.Dispose();

    /// <summary>The answer that is kept. Else it is computed, by one of those who ask for it at the same time, and kept.</summary>
    /// <param name="key">Names the version of the rows, and the question.</param>
    /// <param name="compute">Null where what it found is not to be kept.</param>
    public ValueTask<byte[]?> GetAsync(string key, Func<Task<byte[]?>> compute, CancellationToken cancellationToken) => _cache.GetOrSetAsync<byte[]?>(
        key,
        async (context, _) =>
        {
            var answer = await compute();
            context.Options.Size = EntryBytes + (2L * key.Length) + (answer?.Length ?? 0);
            context.Options.SetSkipMemoryCacheWrite(answer is null);
            return answer;
        },
        token: cancellationToken);
}

/// <summary>
/// Answers a question that was answered at the same rows before with the same bytes. Behind authorisation and behind <see cref="ReadPositionFilter"/>, so
/// that who may not ask gets no answer and the position is this request's own; the caller's role and scope are part of the key, as an answer may depend on
/// them.
/// </summary>
internal sealed class AnswerCacheFilter(AnswerCache cache, IOptions<JsonOptions> json) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var state = http.RequestServices.GetRequiredService<ReadState>();
        if (cache.IsOff || state.IsPublished
            || state.Applied.DataVersion(state.OldestMonth, state.Today) is not { } version)
        {
            return await next(context);
        }

        object? result = null;
        var answer = await cache.GetAsync(Key(version, http), ComputeAsync, http.RequestAborted);
        return answer is null ? result : new StoredAnswer(answer);

        async Task<byte[]?> ComputeAsync()
        {
            result = await next(context);
            return Value(result) is { } value ? JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), json.Value.SerializerOptions) : null;
        }
    }

    // Encoded, path and query have no line breaks.
    private static string Key(string version, HttpContext http) =>
        $"{version}\n{Claims(http, ClaimNames.Role)}\n{Claims(http, ClaimNames.ScopeId)}\n"
        + $"{http.Request.Path.ToUriComponent()}{http.Request.QueryString.ToUriComponent()}";

    private static string Claims(HttpContext http, string name) => JsonSerializer.Serialize(http.User.FindAll(name).Select(claim => claim.Value));

    private static object? Value(object? result) =>
        result is INestedHttpResult { Result: IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK } and IValueHttpResult answer } ? answer.Value : null;
}
