using System.Text;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Imports;

/// <summary>The header row. Names match whatever their case and underscores, so <c>studentId</c> and <c>student_id</c> are the same column.</summary>
public sealed class CsvHeader
{
    private readonly string[] _names;
    private readonly bool[] _isTaken;
    private readonly List<string> _missing = [];

    private CsvHeader(string[] names) => (_names, _isTaken) = (names, new bool[names.Length]);

    public int Count => _names.Length;

    /// <exception cref="ProblemException">422: the row is not the header of a comma-separated file.</exception>
    public static CsvHeader Read(CsvCursor row)
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

        if (names is [var only] && SeparatorIn(only) is { } separator)
        {
            throw Wrong($"The columns seem to be separated by {separator}; they must be separated by commas.");
        }

        if (names.GroupBy(Normalize).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw Wrong($"The header has the column '{twice.First()}' more than once.");
        }

        return new CsvHeader(names);
    }

    /// <summary>Where the column stands; null where the file has none of the name.</summary>
    public int? Take(string field)
    {
        var index = Array.FindIndex(_names, name => Normalize(name) == Normalize(field));
        if (index < 0)
        {
            return null;
        }

        _isTaken[index] = true;
        return index;
    }

    /// <summary>As <see cref="Take"/>; a column that is not there is an error of the file, told by <see cref="Check"/>.</summary>
    public int? Require(string field)
    {
        var index = Take(field);
        if (index is null)
        {
            _missing.Add(field);
        }

        return index;
    }

    /// <summary>The columns whose names begin with <paramref name="prefix"/>, with the rest of their names as they stand.</summary>
    public IReadOnlyList<(int Index, string Suffix)> TakePrefixed(string prefix)
    {
        var found = new List<(int, string)>();
        for (var index = 0; index < _names.Length; index++)
        {
            if (_names[index].StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                _isTaken[index] = true;
                found.Add((index, _names[index][prefix.Length..]));
            }
        }

        return found;
    }

    /// <summary>To be called when every column has taken what it needs.</summary>
    /// <param name="known">The names that may stand in the header, for the message.</param>
    /// <param name="ignoresUnknown">Whether there may be others.</param>
    /// <returns>The others.</returns>
    /// <exception cref="ProblemException">422 naming the columns that are missing or not known.</exception>
    public IReadOnlyList<string> Check(IEnumerable<string> known, bool ignoresUnknown)
    {
        var unknown = _names.Where((_, index) => !_isTaken[index]).ToList();
        if (_missing.Count == 0 && (ignoresUnknown || unknown.Count == 0))
        {
            return unknown;
        }

        List<string> reasons = [];
        if (_missing.Count > 0)
        {
            reasons.Add($"Columns are missing: {string.Join(", ", _missing)}.");
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

    private static string Normalize(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    private static string? SeparatorIn(string header) => header switch
    {
        _ when header.Contains(';', StringComparison.Ordinal) => "semicolons",
        _ when header.Contains('\t', StringComparison.Ordinal) => "tabs",
        _ when header.Contains('|', StringComparison.Ordinal) => "vertical bars",
        _ => null,
    };
}
