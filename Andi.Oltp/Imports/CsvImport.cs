using Andi.Oltp.Imports.Mapping;

namespace Andi.Oltp.Imports;

/// <summary>Reads a CSV file row by row into the staging table of its entity.</summary>
/// <param name="definition">Of its entity.</param>
/// <param name="csv">The file.</param>
/// <param name="mapping">How the file is read where it was made for others; null: as it is.</param>
/// <param name="ignoresUnknown">Whether the file may have columns that nothing is read from.</param>
internal sealed class CsvImport(ImportDefinition definition, CsvCursor csv, ImportMapping? mapping, bool ignoresUnknown)
{
    private IReadOnlyList<BoundColumn> _columns = [];
    private FileMapping? _mapping;
    private int[] _nameless = [];
    private int _fields;
    private int _minFields;

    /// <summary>The file's columns that nothing is read from. Known once the header is read, as is <see cref="Absent"/>.</summary>
    public IReadOnlyList<string> Ignored { get; private set; } = [];

    /// <summary>The table's columns that the file says nothing of.</summary>
    public IReadOnlyList<string> Absent { get; private set; } = [];

    /// <summary>Rows that the mapping has passed over so far.</summary>
    public long Skipped { get; private set; }

    /// <summary>Reads the header, before anything is asked of the database.</summary>
    /// <exception cref="Validation.ProblemException">422: there is no header, or it does not fit.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await csv.ReadAsync(cancellationToken))
            {
                throw CsvHeader.Wrong($"The file is empty: it has no header row with the columns {string.Join(", ", definition.Fields)}.");
            }
        }
        catch (CsvException exception)
        {
            throw CsvHeader.Wrong(exception.Message);
        }

        var header = ReadHeader();
        (_fields, _minFields) = (header.Count, header.MinCount);
        _nameless = mapping?.IgnoreRest == true ? [] : header.Nameless;
        _columns = [.. definition.Columns.Select(column => column.Bind(header))];
        Ignored = header.Check(definition.Fields, ignoresUnknown);
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
                if (csv.IsBlank)
                {
                    continue;
                }

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

    /// <summary>The reject with what the file calls its fields.</summary>
    public RowReject WithColumn(RowReject reject)
    {
        var columns = (reject.Field?.Split(", ") ?? []).Select(field => _mapping?.ColumnOf(field)).OfType<string>();
        return string.Join(", ", columns) is { Length: > 0 } names ? reject with { Column = names } : reject;
    }

    private CsvHeader ReadHeader()
    {
        var names = CsvHeader.ReadNames(csv);
        if (mapping is null)
        {
            return CsvHeader.Plain(names);
        }

        var reasons = new List<string>();
        names = ColumnNames.Numbered(names);
        _mapping = FileMapping.Bind(mapping, names, definition.Fields, definition.KindOf, reasons);
        if (reasons.Count > 0)
        {
            throw CsvHeader.Wrong([.. reasons]);
        }

        csv.MapRows(_mapping);
        return CsvHeader.Mapped(names, _mapping);
    }

    private void Stage(CsvCursor row, CopyRow copy, RowErrors errors)
    {
        errors.BeginRow(row.Line);
        if (row.Error is not null || row.Count > _fields || row.Count < _minFields)
        {
            errors.Add(null, row.Error ?? $"has {row.Count} fields, the header has {_fields}");
            return;
        }

        if (_mapping?.IsSkipped == true)
        {
            Skipped++;
            return;
        }

        foreach (var index in _nameless)
        {
            if (row.HasText(index))
            {
                errors.Add(null, $"has a value in column {index + 1}, which has no name in the header");
                return;
            }
        }

        if (_mapping is not null)
        {
            _mapping.Wrong.ForEach(wrong => errors.Add(wrong.Field, wrong.Reason));
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
