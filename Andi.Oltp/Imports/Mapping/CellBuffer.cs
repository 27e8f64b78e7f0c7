using System.Text;

namespace Andi.Oltp.Imports.Mapping;

/// <summary>The cells of one row after their mapping, one behind the other in one array that grows to the longest row.</summary>
internal sealed class CellBuffer
{
    private readonly List<int> _ends = [];
    private byte[] _bytes = new byte[4 * 1024];
    private int _length;

    /// <summary>The cell that was added as the <paramref name="index"/>th, counted from 0; empty where there are fewer.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            if (index >= _ends.Count)
            {
                return [];
            }

            var start = index == 0 ? 0 : _ends[index - 1];
            return _bytes.AsSpan(start, _ends[index] - start);
        }
    }

    public void Clear()
    {
        _ends.Clear();
        _length = 0;
    }

    public void Add(ReadOnlySpan<byte> cell)
    {
        cell.CopyTo(Reserve(cell.Length));
        _length += cell.Length;
        _ends.Add(_length);
    }

    public void Add(string cell)
    {
        _length += Encoding.UTF8.GetBytes(cell, Reserve(Encoding.UTF8.GetMaxByteCount(cell.Length)));
        _ends.Add(_length);
    }

    private Span<byte> Reserve(int bytes)
    {
        if (_bytes.Length - _length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        }

        return _bytes.AsSpan(_length);
    }
}
