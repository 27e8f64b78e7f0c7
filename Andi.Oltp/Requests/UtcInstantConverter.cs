using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Andi.Oltp.Requests;

/// <summary>Reads instants as <see cref="UtcInstant"/> says; the framework's own way would take one without an offset for the server's local time.</summary>
public sealed class UtcInstantConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && UtcInstant.TryRead(Encoding.UTF8.GetBytes(reader.GetString()!), out var instant)
            ? instant
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
