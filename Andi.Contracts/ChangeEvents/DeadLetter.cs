using System.Text.Json;

namespace Andi.ChangeEvents;

/// <summary>A message that could not be ingested: whole, with the reason and the place it came from.</summary>
/// <param name="Topic">The topic that the message was read from.</param>
/// <param name="Partition">The partition that the message was read from.</param>
/// <param name="Offset">The offset of the message.</param>
/// <param name="Reason">What was wrong with the message.</param>
/// <param name="Key">The message's key, base64; null where it had none.</param>
/// <param name="Value">The message's value, base64; null where it had none.</param>
/// <param name="FailedAt">When the message was set aside, UTC.</param>
public sealed record DeadLetter(string Topic, int Partition, long Offset, string Reason, byte[]? Key, byte[]? Value, DateTimeOffset FailedAt)
{
    /// <summary>The value of the letter's own message.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);

    /// <summary>The reverse of <see cref="ToBytes"/>.</summary>
    /// <exception cref="JsonException">The value is not a dead letter.</exception>
    public static DeadLetter? Read(ReadOnlySpan<byte> value) => JsonSerializer.Deserialize<DeadLetter>(value, JsonSerializerOptions.Web);
}
