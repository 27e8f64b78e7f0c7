using System.ComponentModel.DataAnnotations;

namespace Andi.AnalyticsApi.Disclosure;

/// <summary>Section <c>SmallGroups</c> of the configuration.</summary>
internal sealed class SmallGroupOptions
{
    public const string Section = "SmallGroups";

    /// <summary>The fewest people that are told of to those who may not see them; default 10, from 5 to 30 (NCES 2011-603).</summary>
    [Range(5, 30)]
    public int Minimum { get; set; } = 10;

    /// <summary>How long what is told is not looked at anew, at least; default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(30);
}
