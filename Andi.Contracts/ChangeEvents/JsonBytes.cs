using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;

namespace Andi.ChangeEvents;

/// <summary>
/// JSON in UTF-8, put together in a buffer that is used again. Leaves commas, colons and braces to the caller: a relay writes the same shape a million
/// times, and most of it is known beforehand.
/// </summary>
public sealed class JsonBytes
{
    private const int LongestNumber = 20;
    private const int Piece = 4096;
    private const int LongestEscape = 6; // \u001f, of one byte; what has more bytes has a shorter escape for each of them.

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    // ASCII that stands in a string as it is.
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(character => (byte)character).Where(character => character is not ((byte)'"' or (byte)'\\'))]);

    private byte[] _buffer = new byte[4096];
    private int _length;

    public void Clear() => _length = 0;

    public byte[] ToArray() => _buffer.AsSpan(0, _length).ToArray();

    /// <summary>Appends what is JSON already.</summary>
    public void Append(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Room(json.Length));
        _length += json.Length;
    }

    public void Append(byte json)
    {
        Room(1)[0] = json;
        _length++;
    }

    public void AppendNumber(long value)
    {
        Utf8Formatter.TryFormat(value, Room(LongestNumber), out var written);
        _length += written;
    }

    public void AppendNumber(ulong value)
    {
        Utf8Formatter.TryFormat(value, Room(LongestNumber), out var written);
        _length += written;
    }

    /// <summary>Appends a string with its quotes, escaped where it must be.</summary>
    public void AppendString(ReadOnlySpan<byte> utf8)
    {
        Append((byte)'"');
        if (utf8.IndexOfAnyExcept(Plain) < 0)
        {
            Append(utf8);
        }
        else
        {
            AppendEscaped(utf8);
        }

        Append((byte)'"');
    }

    /// <summary>Appends a string with its quotes, escaped where it must be.</summary>
    public void AppendString(string text) => AppendString(Encoding.UTF8.GetBytes(text));

    // Piece by piece: room for all of a long text, were every byte of it escaped, would be kept for ever.
    private void AppendEscaped(ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty)
        {
            Encoder.EncodeUtf8(utf8, Room(Math.Min(utf8.Length, Piece) * LongestEscape), out var consumed, out var written);
            _length += written;
            utf8 = utf8[consumed..];
        }
    }

    private Span<byte> Room(int needed)
    {
        if (_buffer.Length - _length < needed)
        {
            Array.Resize(ref _buffer, Math.Max(checked(_length + needed), _buffer.Length * 2));
        }

        return _buffer.AsSpan(_length);
    }
}
