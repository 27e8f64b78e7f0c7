using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.ChangeEvents;

namespace Andi.Cli.DeadLetters;

/// <summary>A dead letter as the command line shows it. Key and value as text where they are UTF-8, else in base64.</summary>
internal sealed record LetterContent(
    string Place, string Reason, DateTimeOffset FailedAt, DateTimeOffset? ReplayedAt, string? Key, string? KeyBase64, string? Value, string? ValueBase64)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static LetterContent Of(LedgerLetter known, DeadLetter? whole) => new(
        known.Place.ToString(),
        known.Reason,
        known.FailedAt,
        known.ReplayedAt,
        Text(whole?.Key),
        Base64UnlessText(whole?.Key),
        Text(whole?.Value),
        Base64UnlessText(whole?.Value));

    public void Print()
    {
        Console.WriteLine($"place:    {Place}");
        Console.WriteLine($"reason:   {Reason}");
        Console.WriteLine($"failed:   {FailedAt:u}");
        Console.WriteLine($"replayed: {(ReplayedAt is { } at ? $"{at:u}" : "no")}");
        Console.WriteLine($"key:      {Key ?? Described(KeyBase64)}");
        Console.WriteLine($"value:    {Value ?? Described(ValueBase64)}");
    }

    private static string Described(string? base64) => base64 is null ? "none" : $"(base64) {base64}";

    private static string? Text(byte[]? bytes)
    {
        try
        {
            return bytes is null ? null : Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string? Base64UnlessText(byte[]? bytes) => bytes is not null && Text(bytes) is null ? Convert.ToBase64String(bytes) : null;
}

/// <summary>What became of the replay of a dead letter.</summary>
/// <param name="Replayed">Its rows are in the warehouse now.</param>
/// <param name="Reason">Why not.</param>
internal sealed record ReplayOutcome(string Place, bool Replayed, string? Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<LetterContent>))]
[JsonSerializable(typeof(IReadOnlyList<ReplayOutcome>))]
[JsonSerializable(typeof(LetterContent))]
internal sealed partial class LetterJson : JsonSerializerContext;
