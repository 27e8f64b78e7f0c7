using System.ComponentModel.DataAnnotations;

namespace Andi.Oltp.ChangeCapture;

/// <summary>Settings of the change relay, section <c>ChangeCapture</c>.</summary>
public sealed class ChangeCaptureOptions
{
    /// <summary>Whether this instance relays (or waits to take over); default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Logical replication slot of the first generation; later ones have their number behind it. The one reader that holds it relays, others wait for it.
    /// Default <c>andi</c>.
    /// </summary>
    [Required, RegularExpression("^[a-z0-9_]{1,40}$")]
    public string Slot { get; set; } = "andi";

    /// <summary>Publication that lists the captured tables. Default <c>andi</c>.</summary>
    [Required, RegularExpression("^[a-z0-9_]{1,63}$")]
    public string Publication { get; set; } = "andi";

    /// <summary>Shortest time between two heartbeats; the longest that a partition's watermark trails a commit elsewhere. Default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often WAL that holds no captured change is looked for, so that positions move and WAL is released while idle. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan IdlePulseInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Wait between two tries to get the slot while another instance holds it. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan StandbyInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait before the relay starts again after a failure; it grows from 1 s by doubling. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan MaxRestartDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After this long without an answer PostgreSQL takes the slot back from a stalled relay, so that another can go on. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SenderTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
