using System.ComponentModel.DataAnnotations;

namespace Andi.AnalyticsApi.Freshness;

/// <summary>Section <c>Freshness</c> of the configuration.</summary>
internal sealed class FreshnessOptions
{
    public const string Section = "Freshness";

    /// <summary>How long a read with <c>Andi-At-Least</c> waits for that position at most; default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan WaitLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the position is looked at meanwhile; default 20 ms. However many reads wait, there is one look at a time.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(20);
}
