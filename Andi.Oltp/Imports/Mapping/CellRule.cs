using System.Text;

namespace Andi.Oltp.Imports.Mapping;

/// <summary>What a mapping does to the cells of one field: take a part, look the text up, bring dates and numbers to Andi's form. In that order.</summary>
internal sealed class CellRule
{
    private readonly bool _trims;
    private readonly CellPattern? _pattern;
    private readonly IReadOnlyDictionary<string, string>? _values;
    private readonly CellDates? _dates;
    private readonly CellNumbers? _numbers;

    private CellRule(ImportMapping mapping, string field, string family, FieldKind kind)
    {
        _trims = mapping.Trim ?? false;
        _pattern = (mapping.Patterns.GetValueOrDefault(field) ?? mapping.Patterns.GetValueOrDefault(family)) is { } pattern ? new CellPattern(pattern) : null;
        _values = mapping.Values.GetValueOrDefault(field) ?? mapping.Values.GetValueOrDefault(family);
        if (kind.Form == FieldForm.Date && mapping.DateFormats is { Count: > 0 } formats)
        {
            _dates = new CellDates(formats);
        }

        if (kind.Form == FieldForm.Number)
        {
            int? places = mapping.Round is { } round and >= 0 ? Math.Min(round, kind.DecimalPlaces) : null;
            _numbers = mapping.DecimalComma == true || places is not null ? new CellNumbers(mapping.DecimalComma ?? false, places) : null;
        }
    }

    /// <param name="field">The field: <c>dimension:Algebra</c>.</param>
    /// <param name="family">As the entity's definition names it: <c>dimension:&lt;name&gt;</c>.</param>
    public static CellRule For(ImportMapping mapping, string field, string family, FieldKind kind) => new(mapping, field, family, kind);

    /// <summary>Writes what Andi is to read to <paramref name="output"/>, or returns the reason why the cell cannot be read.</summary>
    public string? Write(ReadOnlySpan<byte> cell, CellBuffer output)
    {
        if (_pattern is null && _values is null && (cell.IsEmpty || (_dates is null && _numbers is null)) && !_trims)
        {
            output.Add(cell);
            return null;
        }

        var text = Encoding.UTF8.GetString(cell);
        text = _trims ? text.Trim() : text;
        var reason = text.Length == 0 ? null : _pattern?.Apply(ref text);
        if (reason is null && _values is not null && _values.TryGetValue(text, out var value))
        {
            text = value;
        }
        else if (reason is null && text.Length > 0)
        {
            reason = _dates?.Apply(ref text) ?? _numbers?.Apply(ref text);
        }

        output.Add(text);
        return reason;
    }
}
