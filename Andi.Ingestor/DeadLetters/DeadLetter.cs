using System.Text.Json.Serialization;

namespace Andi.Ingestor.DeadLetters;

/// <summary>A message that could not be ingested: whole, with the reason and the place it came from.</summary>
/// <param name="Topic">Where it was read.</param>
/// <param name="Partition">Where it was read.</param>
/// <param name="Offset">Where it was read.</param>
/// <param name="Reason">What was wrong with it.</param>
/// <param name="Key">The message's key, base64; null where it had none.</param>
/// <param name="Value">The message's value, base64; null where it had none.</param>
/// <param name="FailedAt">When it was given up, UTC.</param>
internal sealed record DeadLetter(string Topic, int Partition, long Offset, string Reason, byte[]? Key, byte[]? Value, DateTimeOffset FailedAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DeadLetter))]
internal sealed partial class DeadLetterJson : JsonSerializerContext;
