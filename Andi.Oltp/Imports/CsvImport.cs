namespace Andi.Oltp.Imports;

/// <summary>Reads a CSV file row by row into the staging table of its entity.</summary>
/// <param name="definition">Of its entity.</param>
/// <param name="csv">The file.</param>
/// <param name="ignoresUnknown">Whether the file may have columns that nothing is read from.</param>
internal sealed class CsvImport(ImportDefinition definition, CsvCursor csv, bool ignoresUnknown)
{
    private IReadOnlyList<BoundColumn> _columns = [];
    private int _fields;

    /// <summary>The file's columns that nothing is read from. Known once the header is read, as is <see cref="Absent"/>.</summary>
    public IReadOnlyList<string> Ignored { get; private set; } = [];

    /// <summary>The table's columns that the file says nothing of.</summary>
    public IReadOnlyList<string> Absent { get; private set; } = [];

    /// <summary>Reads the header, before anything is asked of the database.</summary>
    /// <exception cref="Validation.ProblemException">422: there is no header, or it does not fit.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await csv.ReadAsync(cancellationToken))
            {
                throw CsvHeader.Wrong($"The file is empty: it has no header row with the columns {string.Join(", ", Known)}.");
            }
        }
        catch (CsvException exception)
        {
            throw CsvHeader.Wrong(exception.Message);
        }

        var header = CsvHeader.Read(csv);
        _fields = header.Count;
        _columns = [.. definition.Columns.Select(column => column.Bind(header))];
        Ignored = header.Check(Known, ignoresUnknown);
        Absent = [.. definition.Columns.Zip(_columns).Where(column => column.Second.IsAbsent).Select(column => column.First.Name)];
    }

    /// <inheritdoc cref="StagedWrite.Stager"/>
    public async Task<long> StageAsync(CopyRow copy, RowErrors errors, Func<ValueTask> flush, CancellationToken cancellationToken)
    {
        long read = 0;
        try
        {
            while (await csv.ReadAsync(cancellationToken))
            {
                read++;
                Stage(csv, copy, errors);
                await flush();
            }
        }
        catch (CsvException exception)
        {
            read++;
            errors.AddLast(exception.Line, exception.Message);
        }

        return read;
    }

    private IEnumerable<string> Known => definition.Columns.SelectMany(column => column.Fields);

    private void Stage(CsvCursor row, CopyRow copy, RowErrors errors)
    {
        errors.BeginRow(row.Line);
        if (row.Error is not null || row.Count != _fields)
        {
            errors.Add(null, row.Error ?? $"has {row.Count} fields, the header has {_fields}");
            return;
        }

        copy.BeginRow(_columns.Count + 1);
        copy.BigInt(row.Line);
        foreach (var column in _columns)
        {
            column.Write(row, copy, errors);
        }

        if (errors.IsRowRejected)
        {
            copy.CancelRow();
        }
    }
}
