using System.Buffers.Text;
using System.Text.Json;
using Andi.ChangeEvents;

namespace Andi.Ingestor.Landing.Native;

/// <summary>Date (16 bits) and Date32 (32 bits): days since 1970-01-01.</summary>
internal sealed class DateEncoder(bool isWide) : SingleBufferEncoder(isWide ? "Date32" : "Date")
{
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;
    private static readonly DateOnly FirstWide = new(1900, 1, 1);
    private static readonly DateOnly LastWide = new(2299, 12, 31);

    public override void Append(ref Utf8JsonReader json, ReadOnlySpan<byte> text)
    {
        if (json.TokenType != JsonTokenType.String || !TryRead(json.ValueSpan, out var date))
        {
            throw new MalformedEventException($"{JsonText.Shown(ref json)} is no date (yyyy-mm-dd).");
        }

        if (!Fits(date))
        {
            throw new MalformedEventException($"{JsonText.Shown(ref json)} is outside of what {Type} holds.");
        }

        AppendDays(date.DayNumber - Epoch);
    }

    public override void AppendPlain(ReadOnlySpan<byte> value)
    {
        if (value[0] == '"' && TryRead(value[1..^1], out var date) && Fits(date))
        {
            AppendDays(date.DayNumber - Epoch);
        }
        else
        {
            base.AppendPlain(value);
        }
    }

    public override void AppendDefault() => AppendDays(0);

    // yyyy-mm-dd, nothing else; a string for each date would be most of the work.
    private static bool TryRead(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text is not [_, _, _, _, (byte)'-', _, _, (byte)'-', _, _]
            || !Utf8Parser.TryParse(text[..4], out ushort year, out var yearDigits) || !Utf8Parser.TryParse(text[5..7], out byte month, out var monthDigits)
            || !Utf8Parser.TryParse(text[8..], out byte day, out var dayDigits)
            || (yearDigits, monthDigits, dayDigits) != (4, 2, 2)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    private bool Fits(DateOnly date) =>
        isWide ? date >= FirstWide && date <= LastWide : date.DayNumber - Epoch is >= 0 and <= ushort.MaxValue;

    private void AppendDays(int days)
    {
        if (isWide)
        {
            Buffer.Write(days);
        }
        else
        {
            Buffer.Write((ushort)days);
        }
    }
}
