using System.ComponentModel.DataAnnotations;

namespace Andi.AnalyticsApi.Answers;

/// <summary>Section <c>AnswerCache</c> of the configuration.</summary>
internal sealed class AnswerCacheOptions
{
    public const string Section = "AnswerCache";

    /// <summary>How many bytes of answers are kept at most; default 64 MiB, 0: none.</summary>
    [Range(0L, 16L * 1024 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 64 * 1024 * 1024;
}
