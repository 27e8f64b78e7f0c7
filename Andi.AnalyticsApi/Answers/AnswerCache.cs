using Microsoft.Extensions.Options;

namespace Andi.AnalyticsApi.Answers;

/// <summary>Answers as they were sent, by who asked what.</summary>
internal sealed class AnswerCache(IOptions<AnswerCacheOptions> options)
{
    // What the runtime takes for an entry beside its content.
    private const int EntryBytes = 200;

    public RowsCache<byte[]> Answers { get; } = new(options.Value.MaxBytes, (key, answer) => answer.Length + (2L * key.Length) + EntryBytes);
}
