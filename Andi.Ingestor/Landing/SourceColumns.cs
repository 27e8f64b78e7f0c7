using System.Runtime.InteropServices;
using System.Text.Json;
using Andi.ChangeEvents;
using Andi.Ingestor.Landing.Native;

namespace Andi.Ingestor.Landing;

/// <summary>The columns of a batch that come from the source table. What a row has beyond them is collected beside.</summary>
internal sealed class SourceColumns : IDisposable
{
    private readonly ColumnEncoder[] _encoders;
    private readonly string[] _names;
    private readonly byte[][] _utf8Names;
    private readonly bool[] _isOptional;
    private readonly bool[] _isFilled;
    private readonly UnmappedColumns _unmapped = new();
    private readonly List<int> _order = [];
    private PlainRows? _plain;

    /// <param name="table">Where the rows go.</param>
    /// <param name="encoders">Of all its columns.</param>
    public SourceColumns(LandingTable table, ColumnEncoder[] encoders)
    {
        var columns = table.Columns.Index().Where(column => !MetaColumns.All.Contains(column.Item.Name)).ToArray();
        _encoders = [.. columns.Select(column => encoders[column.Index])];
        _names = [.. columns.Select(column => column.Item.Name)];
        _utf8Names = [.. _names.Select(JsonText.Utf8)];
        _isOptional = [.. columns.Select(column => column.Item.IsOptional)];
        _isFilled = new bool[_names.Length];
    }

    /// <summary>What the row appended last has that has no column here, as JSON; empty where there is nothing. Valid until the next row.</summary>
    public ReadOnlySpan<byte> Unmapped => _unmapped.Written;

    /// <summary>Appends a value to each column. Throws where one does not fit; then some columns have theirs, and the caller takes them back.</summary>
    public void AppendRow(ReadOnlySpan<byte> image)
    {
        _unmapped.Clear();
        if (_plain is not null && _plain.TryFind(image))
        {
            AppendPlain(_plain, image);
        }
        else
        {
            AppendAny(image);
        }
    }

    public void Dispose() => _unmapped.Dispose();

    private void AppendPlain(PlainRows plain, ReadOnlySpan<byte> image)
    {
        var columns = plain.Columns;
        var values = plain.Values;
        for (var index = 0; index < columns.Length; index++)
        {
            try
            {
                _encoders[columns[index]].AppendPlain(image[values[index]]);
            }
            catch (MalformedEventException exception)
            {
                throw InColumn(columns[index], exception);
            }
        }

        foreach (var index in plain.Missing)
        {
            _encoders[index].AppendDefault();
        }
    }

    private void AppendAny(ReadOnlySpan<byte> image)
    {
        Array.Clear(_isFilled);
        _order.Clear();
        var hasUnmapped = false;
        var json = new Utf8JsonReader(image);
        json.Read();
        var expected = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var index = Find(ref json, expected);
            if (index < 0)
            {
                _unmapped.Append(ref json);
                hasUnmapped = true;
                continue;
            }

            AppendValue(ref json, image, index);
            _order.Add(index);
            expected = index + 1;
        }

        if (json.BytesConsumed != image.Length)
        {
            throw new MalformedEventException("Something stands behind a row of the event.");
        }

        for (var index = 0; index < _names.Length; index++)
        {
            if (_isFilled[index])
            {
                continue;
            }

            // A column that was renamed or dropped upstream must not turn into nothing unnoticed.
            if (!_isOptional[index])
            {
                throw new MalformedEventException($"The row has no column {_names[index]}, and the landing table's has no DEFAULT.");
            }

            _encoders[index].AppendDefault();
        }

        var order = CollectionsMarshal.AsSpan(_order);
        if (!hasUnmapped && (_plain is null || !order.SequenceEqual(_plain.Columns)))
        {
            _plain = new PlainRows(order, _utf8Names);
        }
    }

    private void AppendValue(ref Utf8JsonReader json, ReadOnlySpan<byte> image, int index)
    {
        if (_isFilled[index])
        {
            throw new MalformedEventException($"Column {_names[index]} occurs twice in a row.");
        }

        json.Read();
        try
        {
            _encoders[index].Append(ref json, image);
        }
        catch (MalformedEventException exception)
        {
            throw InColumn(index, exception);
        }

        _isFilled[index] = true;
    }

    private MalformedEventException InColumn(int index, MalformedEventException exception) => new($"Column {_names[index]}: {exception.Message}");

    /// <summary>Sources send their columns in the same order every time, mostly that of the landing table.</summary>
    private int Find(ref Utf8JsonReader json, int expected)
    {
        for (var tried = 0; tried < _names.Length; tried++)
        {
            var index = (expected + tried) % _names.Length;
            if (json.ValueTextEquals(_utf8Names[index]))
            {
                return index;
            }
        }

        return -1;
    }
}
