using System.Text;
using Andi.Oltp.ChangeCapture.Events;
using Andi.Oltp.ChangeCapture.Wal;
using Npgsql;

namespace Andi.Oltp.ChangeCapture.Snapshot;

/// <summary>Puts the text forms of one row side by side in a buffer that is used again for the next row.</summary>
internal sealed class RowTextBuffer
{
    private readonly List<ColumnValue> _values = [];
    private byte[] _buffer = new byte[16 * 1024];

    public RowImage Read(NpgsqlDataReader reader)
    {
        _values.Clear();
        var end = 0;
        for (var column = 0; column < reader.FieldCount; column++)
        {
            if (reader.IsDBNull(column))
            {
                _values.Add(ColumnValue.Null);
                continue;
            }

            var text = reader.GetString(column);
            var needed = end + Encoding.UTF8.GetMaxByteCount(text.Length);
            if (needed > _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Max(needed, _buffer.Length * 2));
            }

            var length = Encoding.UTF8.GetBytes(text, _buffer.AsSpan(end));
            _values.Add(ColumnValue.Text(end, length));
            end += length;
        }

        return new RowImage(_buffer.AsMemory(0, end), _values);
    }
}
