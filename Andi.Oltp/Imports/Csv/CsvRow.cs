namespace Andi.Oltp.Imports.Csv;

/// <summary>One row of a CSV file: its fields as UTF-8, without the quotes around them and with doubled quotes made single.</summary>
public sealed class CsvRow
{
    private readonly List<Field> _fields = [];
    private byte[] _buffer = [];

    /// <summary>The line on which the row begins, counted from 1. Line breaks inside quotes count.</summary>
    public long Line { get; internal set; }

    /// <summary>What is malformed about the row; null where it is well formed. The fields of a malformed row are not to be used.</summary>
    public string? Error { get; internal set; }

    public int Count => _fields.Count;

    /// <summary>The field at <paramref name="index"/>; empty for one that is empty or quoted empty.</summary>
    public ReadOnlySpan<byte> this[int index] => _buffer.AsSpan(_fields[index].Start, _fields[index].Length);

    internal int Start { get; set; }

    internal int End { get; set; }

    internal long NextLine { get; set; }

    /// <summary>Where parsing stopped for want of data: inside quotes or not.</summary>
    internal bool InsideQuotes { get; set; }

    internal void Begin(int start, long line)
    {
        _fields.Clear();
        (Start, Line, NextLine, Error, InsideQuotes) = (start, line, line, null, false);
    }

    internal void Add(int start, int length, bool hasDoubledQuotes) => _fields.Add(new Field(start, length, hasDoubledQuotes));

    /// <summary>Makes doubled quotes single, in place: the row has been read whole, so its bytes are not looked at again.</summary>
    internal void Take(byte[] buffer)
    {
        _buffer = buffer;
        for (var index = 0; index < _fields.Count; index++)
        {
            if (_fields[index].HasDoubledQuotes)
            {
                var field = buffer.AsSpan(_fields[index].Start, _fields[index].Length);
                _fields[index] = _fields[index] with { Length = MakeSingle(field), HasDoubledQuotes = false };
            }
        }
    }

    private static int MakeSingle(Span<byte> field)
    {
        var length = 0;
        for (var index = 0; index < field.Length; index++)
        {
            field[length++] = field[index];
            if (field[index] == (byte)'"')
            {
                index++;
            }
        }

        return length;
    }

    private readonly record struct Field(int Start, int Length, bool HasDoubledQuotes);
}
