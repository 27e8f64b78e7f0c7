using System.Text;
using Andi.Oltp.Imports.Mapping;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Imports;

/// <summary>The header row. Names match whatever their case and underscores, so <c>studentId</c> and <c>student_id</c> are the same column.</summary>
public sealed class CsvHeader
{
    private readonly string[] _columns;
    private readonly FileMapping? _mapping;
    private readonly IReadOnlyList<string?> _names;
    private readonly bool[] _isTaken;
    private readonly List<string> _missing = [];

    private CsvHeader(string[] columns, FileMapping? mapping)
    {
        (_columns, _mapping, _names) = (columns, mapping, mapping?.Fields ?? columns);
        _isTaken = new bool[_names.Count];
        MinCount = Array.FindLastIndex(columns, name => name.Length > 0) + 1;
        Nameless = [.. columns.Select((name, index) => (name, index)).Where(column => column.name.Length == 0).Select(column => column.index)];
    }

    /// <summary>The file's columns.</summary>
    public int Count => _columns.Length;

    /// <summary>Cells that a row must have: those up to the last column with a name.</summary>
    internal int MinCount { get; }

    /// <summary>Where columns stand that have no name: a spreadsheet writes them for cells that were never filled.</summary>
    internal int[] Nameless { get; }

    /// <summary>The names of the columns as they stand there, without white space around them.</summary>
    /// <exception cref="ProblemException">422: the row is not a header with that separator.</exception>
    internal static string[] ReadNames(CsvCursor row)
    {
        if (row.Error is not null)
        {
            throw Wrong($"The header {row.Error}.");
        }

        var names = new string[row.Count];
        for (var index = 0; index < names.Length; index++)
        {
            names[index] = Encoding.UTF8.GetString(row[index]).Trim();
        }

        if (names is [var only] && SeparatorIn(only, row.Separator) is { } separator)
        {
            throw Wrong(
                $"The columns seem to be separated by {separator}; they must be separated by {Described(row.Separator)}, "
                + "unless a mapping names another separator.");
        }

        return names;
    }

    /// <summary>The header of a file that is read as it is.</summary>
    /// <exception cref="ProblemException">422: a name is there twice.</exception>
    internal static CsvHeader Plain(string[] names) =>
        names.Where(name => name.Length > 0).GroupBy(ColumnNames.Key).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw Wrong($"The header has the column '{twice.First()}' more than once. In a mapping the second one is called '{twice.First()}#2'.")
            : new CsvHeader(names, mapping: null);

    /// <summary>The header of a file with a mapping.</summary>
    /// <param name="numbered">The names, each once.</param>
    /// <param name="mapping">Bound to these names.</param>
    internal static CsvHeader Mapped(string[] numbered, FileMapping mapping) => new(numbered, mapping);

    /// <summary>Where the column stands; null where the file has none of the name.</summary>
    public int? Take(string field)
    {
        for (var index = 0; index < _names.Count; index++)
        {
            if (_names[index] is { } name && ColumnNames.Key(name) == ColumnNames.Key(field))
            {
                _isTaken[index] = true;
                return index;
            }
        }

        return null;
    }

    /// <summary>As <see cref="Take"/>; a column that is not there is an error of the file, told by <see cref="Check"/>.</summary>
    public int? Require(string field)
    {
        var index = Take(field);
        if (index is null && !_missing.Contains(field))
        {
            _missing.Add(field);
        }

        return index;
    }

    /// <summary>The columns whose names begin with <paramref name="prefix"/>, with the rest of their names as they stand.</summary>
    public IReadOnlyList<(int Index, string Suffix)> TakePrefixed(string prefix)
    {
        var found = new List<(int, string)>();
        for (var index = 0; index < _names.Count; index++)
        {
            if (_names[index] is { } name && name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                _isTaken[index] = true;
                found.Add((index, name[prefix.Length..]));
            }
        }

        return found;
    }

    /// <summary>To be called when every column has taken what it needs.</summary>
    /// <param name="known">The names that may stand in the header, for the message.</param>
    /// <param name="ignoresUnknown">Whether there may be others.</param>
    /// <returns>The columns that nothing is read from.</returns>
    /// <exception cref="ProblemException">422 naming the columns that are missing or not known.</exception>
    public IReadOnlyList<string> Check(IEnumerable<string> known, bool ignoresUnknown)
    {
        var named = Enumerable.Range(0, _columns.Length).Where(index => _columns[index].Length > 0 && !_isTaken[index]).ToList();
        var unknown = named.Where(index => _names[index] is not null).Select(index => _columns[index]).ToList();
        if (_missing.Count == 0 && (ignoresUnknown || unknown.Count == 0))
        {
            return [.. named.Select(index => _columns[index])];
        }

        List<string> reasons = [];
        if (_missing.Count > 0)
        {
            reasons.Add($"Columns are missing: {string.Join(", ", _missing.Select(Missing))}.");
        }

        if (unknown.Count > 0)
        {
            var names = unknown.Select(name => NearNames.Of(name, known) is { } near ? $"'{name}' ({near}?)" : $"'{name}'");
            reasons.Add(
                $"Columns are not known: {string.Join(", ", names)}; known are {string.Join(", ", known)}. With ignoreUnknown=true nothing is read from them.");
        }

        throw Wrong([.. reasons]);
    }

    /// <summary>A problem of the header.</summary>
    public static ProblemException Wrong(params string[] reasons) =>
        new(StatusCodes.Status422UnprocessableEntity, "The file cannot be imported.", string.Join(' ', reasons))
        {
            Errors = new Dictionary<string, string[]> { ["line 1"] = reasons },
        };

    // With the names that the column has in files of this kind.
    private string Missing(string field) => _mapping?.ColumnsFor(field) is { Count: > 0 } columns
        ? $"{field} ({string.Join(" or ", columns.Select(column => $"'{column}'"))})"
        : field;

    private static string Described(char separator) => separator switch
    {
        ';' => "semicolons",
        '\t' => "tabs",
        '|' => "vertical bars",
        _ => "commas",
    };

    private static string? SeparatorIn(string header, char separator)
    {
        // The comma comes last: it may as well be a decimal comma or stand in a name.
        foreach (var other in FileMapping.Separators.OrderBy(other => other == ','))
        {
            if (other != separator && header.Contains(other, StringComparison.Ordinal))
            {
                return Described(other);
            }
        }

        return null;
    }
}
