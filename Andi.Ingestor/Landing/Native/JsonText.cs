using System.Text;
using System.Text.Json;

namespace Andi.Ingestor.Landing.Native;

internal static class JsonText
{
    /// <summary>A number's digits; a string's content where a number came as a string; else nothing.</summary>
    public static ReadOnlySpan<byte> NumberOf(ref Utf8JsonReader json) =>
        json.TokenType is JsonTokenType.Number || (json.TokenType is JsonTokenType.String && !json.ValueIsEscaped) ? json.ValueSpan : default;

    /// <summary>What is in a plain string, or a value of another kind as it is.</summary>
    public static ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> value) => value[0] == '"' ? value[1..^1] : value;

    /// <summary>A value as an error message quotes it, shortened.</summary>
    public static string Shown(ref Utf8JsonReader json)
    {
        var text = json.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            JsonTokenType.String => $"'{json.GetString()}'",
            _ => Encoding.UTF8.GetString(json.ValueSpan),
        };
        return text.Length <= 60 ? text : text[..57] + "...";
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
