using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Andi.Web.Apis;

/// <summary>Section <c>KeptAnswers</c>: how much of the read API's answers is kept.</summary>
internal sealed class KeptAnswersOptions
{
    public const string Section = "KeptAnswers";

    /// <summary>Bytes of all answers together; default 64 MiB. 0 keeps none.</summary>
    [Range(0L, 16L * 1024 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 64L * 1024 * 1024;
}

/// <summary>
/// Answers of the read API with their ETags, which stand for positions. An answer is shown again only after the API has said, for this very visitor and
/// question, that it still is the one (304): so it can neither be old nor somebody else's.
/// </summary>
internal sealed class KeptAnswers(IOptions<KeptAnswersOptions> options) : IDisposable
{
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _answers = new(new MemoryCacheOptions { SizeLimit = options.Value.MaxBytes });

    public Kept? Find(string key) => _answers.Get<Kept>(key);

    public void Keep(string key, Kept answer) => _answers.Set(
        key, answer, new MemoryCacheEntryOptions { Size = answer.Body.Length + key.Length, SlidingExpiration = Unused });

    public void Dispose() => _answers.Dispose();

    internal sealed record Kept(EntityTagHeaderValue ETag, byte[] Body, MediaTypeHeaderValue? Type);
}

/// <summary>Asks with the ETag of the kept answer.</summary>
internal sealed class KeptAnswersHandler(KeptAnswers kept) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get || request.Headers.Authorization?.Parameter is not { } token)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        // The token itself stays in no memory longer than its request.
        var key = $"{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)))} {request.RequestUri}";
        var known = kept.Find(key);
        if (known is not null)
        {
            // A second try has it already.
            request.Headers.IfNoneMatch.Clear();
            request.Headers.IfNoneMatch.Add(known.ETag);
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
        {
            response.StatusCode = HttpStatusCode.OK;
            response.Content = new ByteArrayContent(known.Body) { Headers = { ContentType = known.Type } };
        }
        else if (response is { StatusCode: HttpStatusCode.OK, Headers.ETag: { } tag } && response.Content.Headers.ContentType is { } type)
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            kept.Keep(key, new(tag, body, type));
        }

        return response;
    }
}
