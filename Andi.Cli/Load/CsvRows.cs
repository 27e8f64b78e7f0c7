using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Andi.Cli.Load.Columns;
using Andi.Oltp.Imports;

namespace Andi.Cli.Load;

/// <summary>
/// Reads a CSV file row by row as rows of a table. Memory does not grow with the file; what is wrong goes to <see cref="Errors"/>, and reading goes on.
/// </summary>
internal sealed class CsvRows(Stream file, LoadableTable table, int maxListed) : IDisposable
{
    private readonly CsvCursor _csv = new(file);

    // Where the file has each of the table's columns.
    private int[] _places = [];
    private int _fields;

    /// <summary>What was wrong so far; the header counts as a row.</summary>
    public RowErrors Errors { get; } = new(maxListed);

    /// <summary>Rows read so far, good ones and others, without the header.</summary>
    public long Count { get; private set; }

    /// <summary>Where the row that was read last begins.</summary>
    public long Line => _csv.Line;

    /// <summary>Reads the header: it must name exactly the table's columns, in any order.</summary>
    /// <returns>Whether it does; there is nothing to be read after a header that does not.</returns>
    public async Task<bool> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        Errors.BeginRow(1);
        try
        {
            if (!await _csv.ReadAsync(cancellationToken))
            {
                Errors.Add(null, $"is missing: the file is empty, and must begin with a header of the columns {Wanted}");
                return false;
            }
        }
        catch (CsvException broken)
        {
            Errors.AddLast(broken.Line, broken.Message);
            return false;
        }

        Errors.BeginRow(_csv.Line);
        if (_csv.Error is { } malformed)
        {
            Errors.Add(null, malformed);
            return false;
        }

        _fields = _csv.Count;
        var names = Enumerable.Range(0, _fields).Select(index => Encoding.UTF8.GetString(_csv[index]).Trim()).ToList();
        foreach (var twice in names.GroupBy(name => name).Where(same => same.Count() > 1))
        {
            Errors.Add(twice.Key, "is there more than once");
        }

        foreach (var unknown in names.Distinct().Except(table.Columns.Select(column => column.Name)))
        {
            Errors.Add(unknown, $"is no column of {table.FullName}; those are {Wanted}");
        }

        foreach (var missing in table.Columns.Select(column => column.Name).Except(names))
        {
            Errors.Add(missing, "is missing");
        }

        _places = [.. table.Columns.Select(column => names.IndexOf(column.Name))];
        return !Errors.IsRowRejected;
    }

    /// <summary>Reads the next row and appends its values, in the order of the table's columns; of a row that is wrong there is nothing to be used.</summary>
    /// <returns>False where the file has ended.</returns>
    public async ValueTask<bool> ReadAsync(RowBytes row, CancellationToken cancellationToken)
    {
        try
        {
            if (!await _csv.ReadAsync(cancellationToken))
            {
                return false;
            }
        }
        catch (CsvException broken)
        {
            Count++;
            Errors.AddLast(broken.Line, broken.Message);
            return false;
        }

        Count++;
        Errors.BeginRow(_csv.Line);
        if ((_csv.Error ?? (_csv.Count == _fields ? null : $"has {_csv.Count} fields, the header has {_fields}")) is { } malformed)
        {
            Errors.Add(null, malformed);
            return true;
        }

        for (var index = 0; index < _places.Length; index++)
        {
            if (table.Columns[index].Reader.Read(_csv[_places[index]], row) is { } reason)
            {
                Errors.Add(table.Columns[index].Name, reason);
            }
        }

        return true;
    }

    public void Dispose() => _csv.Dispose();

    private string Wanted => string.Join(", ", table.Columns.Select(column => column.Name));
}

/// <summary>
/// What ClickHouse says where a row violates a constraint of its table: its name, its expression, and the values of the columns that the constraint reads.
/// </summary>
internal static partial class ConstraintMessage
{
    /// <returns>With the line where the constraint reads it, else line 0 and the whole message.</returns>
    public static RowReject Read(string message) => Named().Match(message) is { Success: true } match
        ? new RowReject(
            long.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture),
            null,
            $"violates the table's rule {match.Groups["name"].Value}: {match.Groups["rule"].Value}")
        : new RowReject(0, null, message);

    [GeneratedRegex(
        @"Constraint `(?<name>\w+)`.* Expression: \((?<rule>.*?)( OR \(_line = 0\))?\)\. Column values: .*\b_line = (?<line>\d+)", RegexOptions.Singleline)]
    private static partial Regex Named();
}
