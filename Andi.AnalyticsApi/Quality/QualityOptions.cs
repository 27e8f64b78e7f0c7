using System.ComponentModel.DataAnnotations;

namespace Andi.AnalyticsApi.Quality;

/// <summary>Section <c>Quality</c> of the configuration.</summary>
internal sealed class QualityOptions
{
    public const string Section = "Quality";

    /// <summary>How long after a run of the data tests the next one begins, whichever host ran them; default a quarter of an hour. They read whole tables.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often a test must fail, one time after the other, to have failed; default 3 (<see cref="Warehouse.DataTests.DataTestRun.Attempts"/>).</summary>
    [Range(1, 10)]
    public int Attempts { get; set; } = 3;

    /// <summary>How long after a test failed it is run again; default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(5);
}
