using System.Buffers;

namespace Andi.ChangeEvents.FastPath;

/// <summary>
/// Walks over JSON in the form in which the relay writes it: no white space between tokens (but within nested values), no escapes, plain numbers. That
/// takes a fraction of what a reader of any JSON takes. Whatever it does not know it refuses, sound or not: the caller then has
/// <see cref="System.Text.Json.Utf8JsonReader"/> decide, which accepts all that is accepted here, and takes it for the same.
/// </summary>
public ref struct PlainJson(ReadOnlySpan<byte> text)
{
    // Deeper values are left to the reader of any JSON, which has its own limit.
    private const int MaxDepth = 8;
    private const int MaxDigits = 19;
    private static readonly SearchValues<byte> EndsPlainText =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;

    public readonly bool IsAtEnd => _position == _text.Length;

    private readonly byte Next => _position < _text.Length ? _text[_position] : (byte)0;

    /// <summary>Goes on behind these bytes, if they are next.</summary>
    public bool TrySkip(ReadOnlySpan<byte> bytes)
    {
        if (!_text[_position..].StartsWith(bytes))
        {
            return false;
        }

        _position += bytes.Length;
        return true;
    }

    /// <summary>Reads one small letter.</summary>
    public bool TryReadLetter(out char letter)
    {
        letter = (char)Next;
        if (letter is < 'a' or > 'z')
        {
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>Reads a number of digits only, none before the first that counts.</summary>
    public bool TryReadWholeNumber(out ulong number)
    {
        number = 0;
        var start = _position;
        while (Next is >= (byte)'0' and <= (byte)'9' and var digit)
        {
            number = (number * 10) + digit - '0';
            _position++;
        }

        return _position - start is > 0 and <= MaxDigits && (_text[start] != '0' || _position == start + 1);
    }

    /// <summary>Reads a value whole: strings come with their quotes, objects and arrays as they stand.</summary>
    public bool TryReadValue(out Range value)
    {
        var start = _position;
        var isRead = TrySkipValue(MaxDepth);
        value = start.._position;
        return isRead;
    }

    private bool TrySkipValue(int depth) => Next switch
    {
        (byte)'"' => TrySkipString(),
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') => TrySkipNumber(),
        (byte)'{' => depth > 0 && TrySkipNested(depth - 1, (byte)'}'),
        (byte)'[' => depth > 0 && TrySkipNested(depth - 1, (byte)']'),
        (byte)'n' => TrySkip("null"u8),
        (byte)'t' => TrySkip("true"u8),
        (byte)'f' => TrySkip("false"u8),
        _ => false,
    };

    private bool TrySkipString()
    {
        var start = _position + 1;
        var length = _text[start..].IndexOfAny(EndsPlainText);
        if (length < 0 || _text[start + length] != '"')
        {
            return false;
        }

        _position = start + length + 1;
        return true;
    }

    private bool TrySkipNumber()
    {
        if (Next == '-')
        {
            _position++;
        }

        var start = _position;
        if (!TrySkipDigits() || (_text[start] == '0' && _position != start + 1))
        {
            return false;
        }

        if (Next != '.')
        {
            return true;
        }

        _position++;
        return TrySkipDigits();
    }

    private bool TrySkipDigits()
    {
        var start = _position;
        while (Next is >= (byte)'0' and <= (byte)'9')
        {
            _position++;
        }

        return _position > start;
    }

    private bool TrySkipNested(int depth, byte end)
    {
        _position++;
        SkipSpace();
        if (Next == end)
        {
            _position++;
            return true;
        }

        while (true)
        {
            if (end == '}' && !TrySkipName())
            {
                return false;
            }

            if (!TrySkipValue(depth))
            {
                return false;
            }

            SkipSpace();
            var next = Next;
            if (next != end && next != ',')
            {
                return false;
            }

            _position++;
            if (next == end)
            {
                return true;
            }

            SkipSpace();
        }
    }

    private bool TrySkipName()
    {
        if (Next != '"' || !TrySkipString())
        {
            return false;
        }

        SkipSpace();
        if (Next != ':')
        {
            return false;
        }

        _position++;
        SkipSpace();
        return true;
    }

    private void SkipSpace()
    {
        while (Next is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _position++;
        }
    }
}
