using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Problems;

namespace Andi.Oltp.Validation;

/// <summary>
/// Instants in ISO 8601, <c>2026-05-01T09:30:00Z</c>, <c>2026-05-01T11:30:00.25+02:00</c>, from UTF-8: for JSON and CSV alike. The offset from UTC must
/// be there: without it the text would mean another instant on another machine. What is finer than a microsecond is cut off.
/// </summary>
public static class UtcInstant
{
    /// <summary>For messages; reads on from the field's name.</summary>
    public const string Expected = "must be an instant with its offset from UTC, such as 2026-05-01T09:30:00Z";

    private const int MaxFractionDigits = 9;
    private const int MaxOffsetHours = 14;

    /// <param name="instant">In UTC.</param>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out DateTime instant)
    {
        instant = default;
        if (utf8.Length < 20 || utf8[4] != (byte)'-' || utf8[7] != (byte)'-' || utf8[10] != (byte)'T' || utf8[13] != (byte)':' || utf8[16] != (byte)':')
        {
            return false;
        }

        var (year, month, day) = (Digits(utf8[..4]), Digits(utf8[5..7]), Digits(utf8[8..10]));
        var (hour, minute, second) = (Digits(utf8[11..13]), Digits(utf8[14..16]), Digits(utf8[17..19]));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59
            || !TryReadFraction(utf8[19..], out var microseconds, out var read) || !TryReadOffset(utf8[(19 + read)..], out var offsetMinutes))
        {
            return false;
        }

        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks
            + (microseconds * TimeSpan.TicksPerMicrosecond) - (offsetMinutes * TimeSpan.TicksPerMinute);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        instant = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }

    /// <summary>To the second: <c>2026-05-01T09:30:00Z</c>.</summary>
    public static string Format(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // Nothing, or a point and digits.
    private static bool TryReadFraction(ReadOnlySpan<byte> utf8, out int microseconds, out int read)
    {
        (microseconds, read) = (0, 0);
        if (utf8[0] != (byte)'.')
        {
            return true;
        }

        var digits = 0;
        for (read = 1; read < utf8.Length && utf8[read] is >= (byte)'0' and <= (byte)'9'; read++, digits++)
        {
            microseconds = digits < 6 ? (microseconds * 10) + utf8[read] - '0' : microseconds;
        }

        for (var missing = digits; missing < 6; missing++)
        {
            microseconds *= 10;
        }

        return digits is > 0 and <= MaxFractionDigits;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> utf8, out int minutes)
    {
        minutes = 0;
        if (utf8 is [(byte)'Z'])
        {
            return true;
        }

        if (utf8.Length != 6 || utf8[0] is not ((byte)'+' or (byte)'-') || utf8[3] != (byte)':')
        {
            return false;
        }

        var (hour, minute) = (Digits(utf8[1..3]), Digits(utf8[4..]));
        minutes = ((hour * 60) + minute) * (utf8[0] == (byte)'-' ? -1 : 1);
        return hour is >= 0 and <= MaxOffsetHours && minute is >= 0 and <= 59;
    }

    // -1 where one is no digit.
    private static int Digits(ReadOnlySpan<byte> utf8)
    {
        var value = 0;
        foreach (var digit in utf8)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }

            value = (value * 10) + digit - '0';
        }

        return value;
    }
}

/// <summary>Reads instants as <see cref="UtcInstant"/> does; the framework's own reader takes one without an offset for the server's local time.</summary>
public sealed class UtcInstantConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new WrongValueException(UtcInstant.Expected);
        return UtcInstant.TryRead(Encoding.UTF8.GetBytes(text), out var instant)
            ? instant
            : throw new WrongValueException($"{UtcInstant.Expected}, not '{TextForm.Excerpt(text)}'");
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>Reads <c>"5"</c> and <c>5</c> alike, for text that often looks like a number. Writes text.</summary>
public sealed class TextOrNumberConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => reader.HasValueSequence ? Encoding.UTF8.GetString(reader.ValueSequence) : Encoding.UTF8.GetString(reader.ValueSpan),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
