using System.Text;
using System.Text.Json;

namespace Andi.ChangeEvents;

/// <summary>
/// Asks, in the partition where a message once could not be ingested, to try that message again:
/// <c>{"op":"x","replayOf":12,"message":"&lt;base64&gt;"}</c>. It goes through the partition like any other message, so it is ingested at most once.
/// </summary>
/// <param name="Offset">The offset of the message that could not be ingested.</param>
/// <param name="Value">That message's value, as it was.</param>
public readonly record struct ReplayMessage(long Offset, byte[] Value)
{
    private static ReadOnlySpan<byte> Start => "{\"op\":\"x\","u8;

    /// <summary>
    /// False where the value is something else. Throws <see cref="MalformedEventException"/> or <see cref="JsonException"/> where it is a broken one.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out ReplayMessage replay)
    {
        replay = default;
        if (!value.StartsWith(Start))
        {
            return false;
        }

        var json = new Utf8JsonReader(value);
        using var document = JsonDocument.ParseValue(ref json);
        if (!document.RootElement.TryGetProperty("replayOf", out var offset) || !offset.TryGetInt64(out var of)
            || !document.RootElement.TryGetProperty("message", out var message) || !message.TryGetBytesFromBase64(out var original))
        {
            throw new MalformedEventException("A replay names the offset that it is of (replayOf) and holds the message in base64.");
        }

        replay = new ReplayMessage(of, original);
        return true;
    }

    /// <summary>The form that <see cref="TryRead"/> reads.</summary>
    public byte[] ToBytes() => [.. Start, .. Encoding.UTF8.GetBytes($"\"replayOf\":{Offset},\"message\":\"{Convert.ToBase64String(Value)}\"}}")];
}
