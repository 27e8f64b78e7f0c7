using System.Text.Json;
using Andi.Ingestor.Events;
using Andi.Ingestor.Landing.Native;

namespace Andi.Ingestor.Landing;

/// <summary>
/// Rows on their way to a landing table, kept as columns in the form in which they are sent. An update is two rows: the one it replaced with sign −1,
/// the one it left with sign +1. A row that does not fit leaves nothing behind.
/// </summary>
internal sealed class LandingBatch : IDisposable
{
    private readonly LandingTable _table;
    private readonly MetaEncoders _meta;
    private readonly ColumnEncoder[] _encoders;
    private readonly SourceColumn[] _sourceColumns;
    private readonly ColumnMark[] _marks;
    private readonly bool[] _isFilled;
    private readonly UnmappedColumns _unmapped = new();
    private readonly TimeProvider _time;
    private long? _ingestedAtMs;

    public LandingBatch(LandingTable table, int partition, long fence, TimeProvider time)
    {
        _table = table;
        _time = time;
        _encoders = [.. table.Columns.Select(column => ColumnEncoders.For(column.Type))];
        _meta = new MetaEncoders(table, _encoders, partition, fence);
        _sourceColumns =
        [
            .. table.Columns.Index().Where(column => !MetaColumns.All.Contains(column.Item.Name))
                .Select(column => new SourceColumn(JsonText.Utf8(column.Item.Name), column.Item.Name, column.Index)),
        ];
        _marks = new ColumnMark[_encoders.Length];
        _isFilled = new bool[_sourceColumns.Length];
    }

    public LandingTable Table => _table;

    public int Rows { get; private set; }

    /// <summary>Appends the rows of a change. Throws <see cref="MalformedEventException"/>, having appended nothing, where one does not fit.</summary>
    public void Append(in ChangeEvent change, ReadOnlySpan<byte> value, long offset)
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

        _unmapped.Dispose();
    }

    private void AppendRow(in ChangeEvent change, ReadOnlySpan<byte> image, sbyte sign, long offset)
    {
        Array.Clear(_isFilled);
        _unmapped.Clear();
        var json = new Utf8JsonReader(image);
        json.Read();
        var expected = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var index = Find(ref json, expected);
            if (index < 0)
            {
                _unmapped.Append(ref json);
                continue;
            }

            AppendValue(ref json, image, index);
            expected = index + 1;
        }

        if (json.BytesConsumed != image.Length)
        {
            throw new MalformedEventException("Something stands behind a row of the event.");
        }

        for (var index = 0; index < _sourceColumns.Length; index++)
        {
            if (!_isFilled[index])
            {
                _encoders[_sourceColumns[index].Encoder].AppendDefault();
            }
        }

        _meta.Append(change, sign, offset, _ingestedAtMs!.Value, _unmapped.Written);
        Rows++;
    }

    private void AppendValue(ref Utf8JsonReader json, ReadOnlySpan<byte> image, int index)
    {
        var column = _sourceColumns[index];
        if (_isFilled[index])
        {
            throw new MalformedEventException($"Column {column.Name} occurs twice in a row.");
        }

        json.Read();
        try
        {
            _encoders[column.Encoder].Append(ref json, image);
        }
        catch (MalformedEventException exception)
        {
            throw new MalformedEventException($"Column {column.Name}: {exception.Message}");
        }

        _isFilled[index] = true;
    }

    /// <summary>Sources send their columns in the same order every time, mostly that of the landing table.</summary>
    private int Find(ref Utf8JsonReader json, int expected)
    {
        for (var tried = 0; tried < _sourceColumns.Length; tried++)
        {
            var index = (expected + tried) % _sourceColumns.Length;
            if (json.ValueTextEquals(_sourceColumns[index].Utf8Name))
            {
                return index;
            }
        }

        return -1;
    }

    private static void WriteText(ColumnBuffer buffer, string text)
    {
        var utf8 = JsonText.Utf8(text);
        buffer.WriteVarUInt((ulong)utf8.Length);
        buffer.Write(utf8);
    }

    private readonly record struct SourceColumn(byte[] Utf8Name, string Name, int Encoder);
}
