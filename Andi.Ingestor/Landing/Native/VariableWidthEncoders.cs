using System.Text.Json;
using Andi.ChangeEvents;

namespace Andi.Ingestor.Landing.Native;

/// <summary>String: its length, then its UTF-8. Nested JSON is kept as its text.</summary>
internal sealed class StringEncoder() : SingleBufferEncoder("String")
{
    public override void Append(ref Utf8JsonReader json, ReadOnlySpan<byte> text)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                AppendText(ref json);
                break;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                Append(json.ValueSpan);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var start = (int)json.TokenStartIndex;
                json.Skip();
                Append(text[start..(int)json.BytesConsumed]);
                break;
            default:
                throw new MalformedEventException("null has no place in a String that is not Nullable.");
        }
    }

    public override void AppendPlain(ReadOnlySpan<byte> value)
    {
        if (value[0] == 'n')
        {
            base.AppendPlain(value);
        }
        else
        {
            Append(JsonText.Unquoted(value));
        }
    }

    public void Append(ReadOnlySpan<byte> utf8)
    {
        Buffer.WriteVarUInt((ulong)utf8.Length);
        Buffer.Write(utf8);
    }

    public override void AppendDefault() => Buffer.WriteVarUInt(0);

    /// <summary>Appends the string or the property name that the reader stands on.</summary>
    public void AppendText(ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
        {
            Append(json.ValueSpan);
            return;
        }

        Span<byte> unescaped = json.ValueSpan.Length <= 1024 ? stackalloc byte[json.ValueSpan.Length] : new byte[json.ValueSpan.Length];
        Append(unescaped[..json.CopyString(unescaped)]);
    }
}

/// <summary>Nullable(T): a byte per row that says whether it is null, then the values, with a default where there is none.</summary>
internal sealed class NullableEncoder(ColumnEncoder inner) : ColumnEncoder($"Nullable({inner.Type})")
{
    private readonly ColumnBuffer _nulls = new();

    public override void Append(ref Utf8JsonReader json, ReadOnlySpan<byte> text)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            AppendDefault();
            return;
        }

        inner.Append(ref json, text);
        _nulls.Write((byte)0);
    }

    public override void AppendPlain(ReadOnlySpan<byte> value)
    {
        if (value[0] == 'n')
        {
            AppendDefault();
            return;
        }

        inner.AppendPlain(value);
        _nulls.Write((byte)0);
    }

    public override void AppendDefault()
    {
        inner.AppendDefault();
        _nulls.Write((byte)1);
    }

    public override ColumnMark Mark() => new(_nulls.Length, inner.Mark().First);

    public override void Truncate(ColumnMark mark)
    {
        _nulls.Truncate(mark.First);
        inner.Truncate(new ColumnMark(mark.Second));
    }

    public override IEnumerable<ReadOnlyMemory<byte>> Data() => inner.Data().Prepend(_nulls.Written);

    public override void Dispose()
    {
        _nulls.Dispose();
        inner.Dispose();
    }
}

/// <summary>Map(String, V) from a JSON object: ends of the rows as UInt64, then all keys, then all values. Null counts as empty.</summary>
internal sealed class MapEncoder(ColumnEncoder values) : ColumnEncoder($"Map(String, {values.Type})")
{
    private readonly ColumnBuffer _ends = new();
    private readonly StringEncoder _keys = new();
    private ulong _count;

    public override void Append(ref Utf8JsonReader json, ReadOnlySpan<byte> text)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            AppendDefault();
            return;
        }

        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new MalformedEventException($"{JsonText.Shown(ref json)} is no object, as {Type} needs.");
        }

        var count = _count;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            _keys.AppendText(ref json);
            json.Read();
            values.Append(ref json, text);
            count++;
        }

        _count = count;
        _ends.Write(_count);
    }

    public override void AppendDefault() => _ends.Write(_count);

    public override ColumnMark Mark() => new(_ends.Length, _keys.Mark().First, values.Mark().First);

    public override void Truncate(ColumnMark mark)
    {
        _ends.Truncate(mark.First);
        _keys.Truncate(new ColumnMark(mark.Second));
        values.Truncate(new ColumnMark(mark.Third));
        _count = mark.First == 0 ? 0 : BitConverter.ToUInt64(_ends.Written.Span[^sizeof(ulong)..]);
    }

    public override IEnumerable<ReadOnlyMemory<byte>> Data() => [_ends.Written, .. _keys.Data(), .. values.Data()];

    public override void Dispose()
    {
        _ends.Dispose();
        _keys.Dispose();
        values.Dispose();
    }
}
