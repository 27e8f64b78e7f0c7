using System.ComponentModel.DataAnnotations;

namespace Andi.AnalyticsApi.Streaming;

/// <summary>Section <c>Stream</c> of the configuration.</summary>
internal sealed class StreamOptions
{
    public const string Section = "Stream";

    /// <summary>How often positions are looked at while somebody listens, by one reader for all streams of the process; default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.005", "00:00:10")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Shortest time between two events of one stream; what moves meanwhile is told by the second. Default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan MinInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long an event waits for the position of all tables to pass the rows that it tells of. A table that has stopped holds that position back, but not the
    /// pages that show others. Default 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan HoldLimit { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a stream is sent a comment, and its token is checked; default 15 s, at most 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Streams of the process at once; a further one is answered 503. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int MaxStreams { get; set; } = 2_000;

    /// <summary>Streams of one subject (<c>sub</c>) at once; a further one is answered 429. Default 20. The role admin has no such limit.</summary>
    [Range(1, 100_000)]
    public int MaxStreamsPerCaller { get; set; } = 20;
}
