using Andi.ChangeEvents;
using Andi.Ingestor.Landing.Native;

namespace Andi.Ingestor.Landing;

/// <summary>
/// Rows on their way to a landing table, kept as columns in the form in which they are sent. An update is two rows: the one it replaced with sign −1,
/// the one it left with sign +1. A row that does not fit leaves nothing behind.
/// </summary>
internal sealed class LandingBatch : IDisposable
{
    private readonly LandingTable _table;
    private readonly MetaColumnEncoders _meta;
    private readonly ColumnEncoder[] _encoders;
    private readonly SourceColumns _columns;
    private readonly ColumnMark[] _marks;
    private readonly TimeProvider _time;
    private long? _ingestedAtMs;

    public LandingBatch(LandingTable table, int partition, long fence, TimeProvider time)
    {
        _table = table;
        _time = time;
        _encoders = [.. table.Columns.Select(column => ColumnEncoders.For(column.Type))];
        _meta = new MetaColumnEncoders(table, _encoders, partition, fence);
        _columns = new SourceColumns(table, _encoders);
        _marks = new ColumnMark[_encoders.Length];
    }

    public LandingTable Table => _table;

    public int Rows { get; private set; }

    /// <summary>Appends the rows of a change. Throws <see cref="MalformedEventException"/>, having appended nothing, where one does not fit.</summary>
    public void AppendChange(in ChangeEvent change, ReadOnlySpan<byte> value, long offset)
    {
        for (var column = 0; column < _encoders.Length; column++)
        {
            _marks[column] = _encoders[column].Mark();
        }

        _ingestedAtMs ??= _time.GetUtcNow().ToUnixTimeMilliseconds();
        var rows = Rows;
        try
        {
            if (change.Operation is 'u' or 'd')
            {
                AppendRow(change, value[change.Before], -1, offset);
            }

            if (change.Operation is 'c' or 'r' or 'u')
            {
                AppendRow(change, value[change.After], 1, offset);
            }
        }
        catch
        {
            Rows = rows;
            for (var column = 0; column < _encoders.Length; column++)
            {
                _encoders[column].Truncate(_marks[column]);
            }

            throw;
        }
    }

    /// <summary>Writes the rows as one block in Native format.</summary>
    public async Task WriteToAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var header = new ColumnBuffer();
        header.WriteVarUInt((ulong)_encoders.Length);
        header.WriteVarUInt((ulong)Rows);
        for (var column = 0; column < _encoders.Length; column++)
        {
            WriteText(header, _table.Columns[column].Name);
            WriteText(header, _encoders[column].Type);
            await stream.WriteAsync(header.Written, cancellationToken);
            header.Truncate(0);
            if (Rows == 0)
            {
                continue;
            }

            foreach (var data in _encoders[column].Data())
            {
                await stream.WriteAsync(data, cancellationToken);
            }
        }
    }

    public void Dispose()
    {
        foreach (var encoder in _encoders)
        {
            encoder.Dispose();
        }

        _columns.Dispose();
    }

    private void AppendRow(in ChangeEvent change, ReadOnlySpan<byte> image, sbyte sign, long offset)
    {
        _columns.AppendRow(image);
        _meta.Append(change, sign, offset, _ingestedAtMs!.Value, _columns.Unmapped);
        Rows++;
    }

    private static void WriteText(ColumnBuffer buffer, string text)
    {
        var utf8 = JsonText.Utf8(text);
        buffer.WriteVarUInt((ulong)utf8.Length);
        buffer.Write(utf8);
    }
}
