using Andi.Oltp.Validation;

namespace Andi.Oltp.Imports.Mapping;

/// <summary>
/// A mapping on the header of one file: which field each of its columns is, and what is read from the cells of a row. The mapping's constants are columns
/// behind the file's own.
/// </summary>
internal sealed class FileMapping
{
    /// <summary>What may stand between columns; a comma where no mapping says otherwise.</summary>
    internal const string Separators = ",;\t|";

    private readonly CellBuffer _cells = new();
    private readonly CellRule?[] _rules;
    private readonly string[] _constants;
    private readonly int[] _skipsWithout;
    private readonly string?[] _fields;
    private readonly ImportMapping _mapping;
    private readonly IReadOnlyList<string> _columns;
    private readonly List<(string Field, string Reason)> _wrong = [];
    private int _next;

    private FileMapping(ImportMapping mapping, IReadOnlyList<string> columns, string?[] fields, CellRule?[] rules)
    {
        (_mapping, _columns, _fields, _rules) = (mapping, columns, fields, rules);
        _constants = [.. fields.Skip(columns.Count).Select(field => mapping.Constants[field!])];
        _skipsWithout = [.. (mapping.SkipWithout ?? []).Select(field => Array.IndexOf(fields, field)).Where(index => index >= 0)];
    }

    /// <summary>By position the field that a column is, or the name of a column that no field has; null: nothing is read from it.</summary>
    public IReadOnlyList<string?> Fields => _fields;

    /// <summary>What is wrong with the row's cells.</summary>
    public List<(string Field, string Reason)> Wrong => _wrong;

    /// <summary>The row has nothing in one of the fields without which rows are passed over.</summary>
    public bool IsSkipped => Array.Exists(_skipsWithout, index => this[index].IsEmpty);

    /// <summary>A cell of the row after its mapping.</summary>
    public ReadOnlySpan<byte> this[int index] => _cells[index];

    /// <param name="mapping">Checked against the entity's fields.</param>
    /// <param name="columns">The header's names, each once.</param>
    /// <param name="known">The entity's fields.</param>
    /// <param name="kindOf">The kind of a field as <paramref name="known"/> names it.</param>
    /// <param name="reasons">Gets why the header does not fit the mapping.</param>
    public static FileMapping Bind(
        ImportMapping mapping, IReadOnlyList<string> columns, IReadOnlyList<string> known, Func<string, FieldKind> kindOf, List<string> reasons)
    {
        var named = mapping.Columns.ToDictionary(column => ColumnNames.Key(column.Key), column => column.Value);
        var fields = columns.Select(FieldOf).Concat(mapping.Constants.Keys).ToArray();
        foreach (var same in fields.Select((field, index) => (field, index)).Where(one => one.field is not null).GroupBy(one => one.field))
        {
            if (same.Count() > 1)
            {
                var names = same.Select(one => one.index < columns.Count ? $"the column '{columns[one.index]}'" : "a constant of the mapping");
                reasons.Add($"{same.Key} has several values: {string.Join(" and ", names)}.");
            }
        }

        foreach (var missing in mapping.Expected.Where(name => !columns.Any(column => ColumnNames.Key(column) == ColumnNames.Key(name))))
        {
            var near = NearNames.Of(missing, columns.Where(column => column.Length > 0)) is { } name ? $" ('{name}'?)" : "";
            reasons.Add($"The mapping names the column '{missing}', which the file does not have{near}.");
        }

        return new FileMapping(mapping, columns, fields, [.. fields.Take(columns.Count).Select(RuleOf)]);

        string? FieldOf(string column)
        {
            if (column.Length == 0)
            {
                return null;
            }

            return named.TryGetValue(ColumnNames.Key(column), out var field) ? field
                : mapping.IgnoreRest == true ? null
                : ColumnNames.FieldOf(column, known) ?? column;
        }

        CellRule? RuleOf(string? field)
        {
            var family = field is null ? null : ColumnNames.Family(field, known);
            return family is null || !known.Contains(family) ? null : CellRule.For(mapping, field!, family, kindOf(family));
        }
    }

    /// <summary>The file's own name for a field; null where it is a constant, or called as the field.</summary>
    public string? ColumnOf(string field)
    {
        var index = Array.IndexOf(_fields, field);
        return index >= 0 && index < _columns.Count && _columns[index] != field ? _columns[index] : null;
    }

    /// <summary>The columns from which the mapping would read a field that the file does not have, for messages; empty where it names none.</summary>
    public IReadOnlyList<string> ColumnsFor(string field) => [.. _mapping.Columns.Where(column => column.Value == field).Select(column => column.Key)];

    public void BeginRow()
    {
        _cells.Clear();
        _wrong.Clear();
        _next = 0;
    }

    /// <summary>Adds the row's next cell. Those beyond the header are left out.</summary>
    public void Add(ReadOnlySpan<byte> cell)
    {
        if (_next >= _rules.Length)
        {
            return;
        }

        if (_rules[_next] is not { } rule)
        {
            _cells.Add([]);
        }
        else if (rule.Write(cell, _cells) is { } reason)
        {
            _wrong.Add((_fields[_next]!, reason));
        }

        _next++;
    }

    /// <summary>Adds the constants behind the row's cells, of which there may be fewer than the header has.</summary>
    public void EndRow()
    {
        for (; _next < _rules.Length; _next++)
        {
            _cells.Add([]);
        }

        foreach (var constant in _constants)
        {
            _cells.Add(constant);
        }
    }
}
