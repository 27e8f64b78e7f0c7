using System.Globalization;
using System.Text;
using Andi.Topology;

namespace Andi.Oltp.ChangeCapture.Kafka;

/// <summary>An event is larger than <see cref="EventLimits.LargestEvent"/>. Neither it nor anything behind it was queued. See docs/decisions/0008-large-events.md.</summary>
internal sealed class OversizedEventException(string topic, byte[]? key, int size, Exception cause) : Exception(
    string.Create(
        CultureInfo.InvariantCulture,
        $"The event of row {(key is null ? "(none)" : Encoding.UTF8.GetString(key))} for {topic} has {size} bytes, and Kafka takes {EventLimits.LargestEvent} at most. "
        + $"Nothing behind it is sent. Make the row smaller, then begin a new generation (Andi.Cli resync)."),
    cause);
