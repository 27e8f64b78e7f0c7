namespace Andi.Oltp.Imports;

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

    /// <summary>Rejects the row begun last.</summary>
    /// <param name="field">The field that is wrong; null where it is the row as a whole.</param>
    public void Add(string? field, string reason)
    {
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
