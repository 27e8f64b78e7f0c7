using System.ComponentModel.DataAnnotations;

namespace Andi.Ingestor.Generations;

/// <summary>Settings of the switch from one generation of rows to the next, section <c>Generations</c>.</summary>
public sealed class GenerationOptions
{
    /// <summary>How often the ingestor looks for a generation that has caught up, or may be dropped. Default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long the current generation is frozen at most while the next one catches up. Reads that wait for a position wait that much longer.
    /// Default 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan FreezeLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the ingestor waits after a switch that did not succeed within that limit. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the rows of the generation before stay after a switch: longer than any read takes that began before. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "24:00:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(60);
}
