using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Andi.ChangeEvents;

namespace Andi.Ingestor.Landing.Native;

/// <summary>A column of one buffer of values that are written one after the other.</summary>
internal abstract class SingleBufferEncoder(string type) : ColumnEncoder(type)
{
    protected ColumnBuffer Buffer { get; } = new();

    public override ColumnMark Mark() => new(Buffer.Length);

    public override void Truncate(ColumnMark mark) => Buffer.Truncate(mark.First);

    public override IEnumerable<ReadOnlyMemory<byte>> Data() => [Buffer.Written];

    public override void Dispose() => Buffer.Dispose();
}

/// <summary>Int8 to Int128 and UInt8 to UInt128.</summary>
internal sealed class IntegerEncoder<T>(string type) : SingleBufferEncoder(type)
    where T : IBinaryInteger<T>
{
    public override void Append(ref Utf8JsonReader json, ReadOnlySpan<byte> text)
    {
        if (!T.TryParse(JsonText.NumberOf(ref json), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            throw new MalformedEventException($"{JsonText.Shown(ref json)} is no {Type}.");
        }

        Buffer.Write(value);
    }

    public override void AppendPlain(ReadOnlySpan<byte> value)
    {
        if (T.TryParse(JsonText.Unquoted(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            Buffer.Write(number);
        }
        else
        {
            base.AppendPlain(value);
        }
    }

    public void Append(T value) => Buffer.Write(value);

    public override void AppendDefault() => Buffer.Write(T.Zero);
}

/// <summary>Bool: one byte.</summary>
internal sealed class BooleanEncoder() : SingleBufferEncoder("Bool")
{
    public override void Append(ref Utf8JsonReader json, ReadOnlySpan<byte> text) => Buffer.Write(json.TokenType switch
    {
        JsonTokenType.True => (byte)1,
        JsonTokenType.False => (byte)0,
        _ => throw new MalformedEventException($"{JsonText.Shown(ref json)} is neither true nor false."),
    });

    public override void AppendDefault() => Buffer.Write((byte)0);
}

/// <summary>Float64.</summary>
internal sealed class DoubleEncoder() : SingleBufferEncoder("Float64")
{
    public override void Append(ref Utf8JsonReader json, ReadOnlySpan<byte> text)
    {
        if (!double.TryParse(JsonText.NumberOf(ref json), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            throw new MalformedEventException($"{JsonText.Shown(ref json)} is no number.");
        }

        Buffer.WriteDouble(value);
    }

    public override void AppendDefault() => Buffer.WriteDouble(0);
}

/// <summary>Decimal(P, S), as an integer of 10^-S units in the width that ClickHouse gives the precision. Nothing is rounded.</summary>
internal sealed class DecimalEncoder<T>(string type, int precision, int scale) : SingleBufferEncoder(type)
    where T : IBinaryInteger<T>
{
    private readonly Int128 _limit = Power(precision);

    public override void Append(ref Utf8JsonReader json, ReadOnlySpan<byte> text)
    {
        if (!ExactDecimal.TryParse(JsonText.NumberOf(ref json), scale, out var units) || Int128.Abs(units) >= _limit)
        {
            throw new MalformedEventException($"{JsonText.Shown(ref json)} does not fit {Type} without loss.");
        }

        Buffer.Write(T.CreateChecked(units));
    }

    public override void AppendPlain(ReadOnlySpan<byte> value)
    {
        if (ExactDecimal.TryParse(JsonText.Unquoted(value), scale, out var units) && Int128.Abs(units) < _limit)
        {
            Buffer.Write(T.CreateChecked(units));
        }
        else
        {
            base.AppendPlain(value);
        }
    }

    public override void AppendDefault() => Buffer.Write(T.Zero);

    private static Int128 Power(int exponent)
    {
        Int128 power = 1;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}

/// <summary>DateTime64(S, 'UTC'): units of 10^-S seconds since 1970-01-01 UTC. Digits beyond S are refused unless they are zero.</summary>
internal sealed class TimestampEncoder(string type, int scale) : SingleBufferEncoder(type)
{
    private readonly long _ticksPerUnit = (long)Math.Pow(10, 7 - scale);

    public override void Append(ref Utf8JsonReader json, ReadOnlySpan<byte> text)
    {
        if (json.TokenType != JsonTokenType.String || !json.TryGetDateTimeOffset(out var time))
        {
            throw new MalformedEventException($"{JsonText.Shown(ref json)} is no ISO 8601 time.");
        }

        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        if (ticks % _ticksPerUnit != 0)
        {
            throw new MalformedEventException($"{JsonText.Shown(ref json)} does not fit {Type} without loss.");
        }

        Buffer.Write(ticks / _ticksPerUnit);
    }

    public void AppendMilliseconds(long sinceEpochMs) => Buffer.Write(sinceEpochMs * TimeSpan.TicksPerMillisecond / _ticksPerUnit);

    public override void AppendDefault() => Buffer.Write(0L);
}
