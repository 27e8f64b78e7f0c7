using System.Text.Json.Serialization;

namespace Andi.Oltp.Imports;

/// <summary>The result of an import.</summary>
/// <param name="Read">Rows read, the header not counted.</param>
/// <param name="Written">Rows inserted or changed.</param>
/// <param name="Unchanged">Rows that were in the table already, the same.</param>
/// <param name="Rejected">Rows rejected.</param>
/// <param name="Rejects">The first of them.</param>
public sealed record ImportResult(long Read, long Written, long Unchanged, long Rejected, IReadOnlyList<RowReject> Rejects)
{
    /// <summary>Nothing was written; <see cref="Written"/> is what would have been.</summary>
    public bool DryRun { get; init; }

    /// <summary>Rows that the mapping passes over, as they have nothing in a field of its <c>skipWithout</c>; left out where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Skipped { get; init; }

    /// <summary>What was written and may not be what was meant: rows that no answer will show, values that were changed.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Columns of the file that nothing was read from.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; init; } = [];
}

/// <summary>A row that was not accepted.</summary>
/// <param name="Line">The line of the file on which the row begins, counted from 1, the header being line 1.</param>
/// <param name="Field">The column that is wrong, several separated by commas; null where it is the row as a whole.</param>
/// <param name="Reason">Continues the sentence that the field's name begins.</param>
public sealed record RowReject(long Line, string? Field, string Reason)
{
    /// <summary>What the file calls the field, several separated by commas; left out where that is the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Column { get; init; }
}

/// <summary>Counts the rows that are rejected and keeps the first of their reasons.</summary>
/// <param name="maxListed">How many reasons are kept.</param>
public sealed class RowErrors(int maxListed)
{
    private readonly List<RowReject> _listed = [];
    private long _line;
    private bool _isRowRejected;

    /// <summary>Rows rejected, whether listed or not.</summary>
    public long Rows { get; private set; }

    public IReadOnlyList<RowReject> Listed => _listed;

    /// <summary>The row begun last has been rejected.</summary>
    public bool IsRowRejected => _isRowRejected;

    /// <summary>The rest of the file could not be read, so the good rows are not written either, whatever was asked for.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Rejects the row at <paramref name="line"/>, which cannot be told from what follows.</summary>
    public void AddLast(long line, string reason)
    {
        BeginRow(line);
        Add(null, reason);
        IsIncomplete = true;
    }

    public void BeginRow(long line) => (_line, _isRowRejected) = (line, false);

    /// <summary>Rejects the row begun last. Of a field the first reason counts.</summary>
    /// <param name="field">The field that is wrong; null where it is the row as a whole.</param>
    public void Add(string? field, string reason)
    {
        if (_isRowRejected && _listed.Exists(listed => listed.Line == _line && listed.Field == field))
        {
            return;
        }

        Rows += _isRowRejected ? 0 : 1;
        _isRowRejected = true;
        if (_listed.Count < maxListed)
        {
            _listed.Add(new RowReject(_line, field, reason));
        }
    }

    /// <summary>Adds what the database found, which sees the rows that passed here: no row is in both.</summary>
    public void AddAll(long rows, IEnumerable<RowReject> listed)
    {
        Rows += rows;
        _listed.AddRange(listed);
        _listed.Sort((left, right) => left.Line.CompareTo(right.Line));
        if (_listed.Count > maxListed)
        {
            _listed.RemoveRange(maxListed, _listed.Count - maxListed);
        }
    }
}
