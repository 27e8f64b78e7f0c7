using Andi.ChangeEvents.FastPath;

namespace Andi.Ingestor.Landing;

/// <summary>
/// Rows of one form: the same columns in the same order, as the relay writes all rows of a table until its definition changes. Where their values stand is
/// found by comparing names with what is expected, without looking for them.
/// </summary>
internal sealed class PlainRows
{
    private readonly int[] _columns;
    private readonly byte[][] _labels;
    private readonly Range[] _values;
    private readonly int[] _missing;

    /// <param name="columns">Which columns the rows have, in their order, as places in <paramref name="names"/>.</param>
    /// <param name="names">Of all columns that there could be.</param>
    public PlainRows(ReadOnlySpan<int> columns, byte[][] names)
    {
        _columns = columns.ToArray();
        _missing = [.. Enumerable.Range(0, names.Length).Except(_columns)];
        _labels =
        [
            .. _columns.Index().Select(column => (byte[])[(byte)(column.Index == 0 ? '{' : ','), (byte)'"', .. names[column.Item], (byte)'"', (byte)':']),
        ];
        _values = new Range[_columns.Length];
    }

    public ReadOnlySpan<int> Columns => _columns;

    /// <summary>The columns that the rows do not have.</summary>
    public ReadOnlySpan<int> Missing => _missing;

    /// <summary>Where the values of the row last found stand in it, quotes included, in the order of <see cref="Columns"/>.</summary>
    public ReadOnlySpan<Range> Values => _values;

    /// <summary>Finds the values of a row. False where it is of another form, or not plain: it has to be read like any JSON then.</summary>
    public bool TryFind(ReadOnlySpan<byte> image)
    {
        var json = new PlainJson(image);
        for (var index = 0; index < _labels.Length; index++)
        {
            if (!json.TrySkip(_labels[index]) || !json.TryReadValue(out _values[index]))
            {
                return false;
            }
        }

        return json.TrySkip("}"u8) && json.IsAtEnd;
    }
}
