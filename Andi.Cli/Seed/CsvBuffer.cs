using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Andi.Cli.Seed;

/// <summary>Collects CSV rows as UTF-8. Values are quoted only where asked for: ids and numbers need no quotes.</summary>
internal sealed class CsvBuffer
{
    private byte[] _bytes = new byte[128 * 1024];
    private bool _isRowBegun;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Text without a comma, a quote or a line break.</summary>
    public CsvBuffer Plain(string text)
    {
        Separate();
        Length += Encoding.UTF8.GetBytes(text, Room(text.Length * 3));
        return this;
    }

    public CsvBuffer Quoted(string text) => Plain($"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");

    /// <summary>A prefix and a number of at least <paramref name="digits"/> digits: <c>ST0000042</c>.</summary>
    public CsvBuffer Id(string prefix, int number, int digits)
    {
        Plain(prefix);
        Utf8Formatter.TryFormat(number, Room(16), out var written, new System.Buffers.StandardFormat('D', (byte)digits));
        Length += written;
        return this;
    }

    public CsvBuffer Number(int number)
    {
        Separate();
        number.TryFormat(Room(16), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
        return this;
    }

    /// <summary>A number given in halves: 171 is 85.5.</summary>
    public CsvBuffer Halves(int halves)
    {
        Number(halves / 2);
        if (halves % 2 != 0)
        {
            ".5"u8.CopyTo(Room(2));
            Length += 2;
        }

        return this;
    }

    /// <summary>A number that is not negative, in units of its last decimal place: 8525 of two is 85.25.</summary>
    /// <param name="decimalPlaces">At least one.</param>
    public CsvBuffer Fixed(int units, int decimalPlaces)
    {
        var one = 1;
        for (var place = 0; place < decimalPlaces; place++)
        {
            one *= 10;
        }

        Number(units / one);
        Room(1)[0] = (byte)'.';
        Length++;
        Utf8Formatter.TryFormat(units % one, Room(16), out var written, new System.Buffers.StandardFormat('D', (byte)decimalPlaces));
        Length += written;
        return this;
    }

    /// <summary>To the second, as UTC.</summary>
    public CsvBuffer Instant(DateTime utc)
    {
        Separate();
        utc.TryFormat(Room(32), out var written, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Length += written;
        return this;
    }

    public CsvBuffer Date(DateOnly date)
    {
        Separate();
        date.TryFormat(Room(16), out var written, "O", CultureInfo.InvariantCulture);
        Length += written;
        return this;
    }

    public CsvBuffer Empty()
    {
        Separate();
        return this;
    }

    public void EndRow()
    {
        Room(1)[0] = (byte)'\n';
        Length++;
        _isRowBegun = false;
    }

    private void Separate()
    {
        if (_isRowBegun)
        {
            Room(1)[0] = (byte)',';
            Length++;
        }

        _isRowBegun = true;
    }

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Array.Resize(ref _bytes, (_bytes.Length * 2) + bytes);
        }

        return _bytes.AsSpan(Length);
    }
}
