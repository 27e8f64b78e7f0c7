using System.Text.Unicode;
using Andi.Oltp.Imports.Mapping;
using CsvHelper;

namespace Andi.Oltp.Imports;

/// <summary>
/// Goes through the rows of a CSV file (RFC 4180, UTF-8) as they arrive. Fields are spans over the reader's buffer, so memory does not grow with
/// the file, only with its longest row. A row that is malformed says so; the next one can be read.
/// </summary>
public sealed class CsvCursor : IDisposable
{
    /// <summary>One MiB: a row beyond that is a quote that was never closed.</summary>
    public const int MaxRowBytes = 1024 * 1024;

    private readonly CsvReader _reader;
    private readonly bool _lenientQuotes;
    private CsvMalformedReason? _malformed;
    private FileMapping? _mapping;

    /// <param name="lenientQuotes">
    /// Whether quotes may stand where RFC 4180 has none: <c>"Miller" Jr</c> is <c>Miller Jr</c>, <c>5" disk</c> is as it stands.
    /// </param>
    public CsvCursor(Stream stream, char separator = ',', bool lenientQuotes = false)
    {
        (Separator, _lenientQuotes) = (separator, lenientQuotes);
        _reader = CsvReader.Create(
            stream,
            new CsvReaderOptions
            {
                Separator = separator,
                HasHeader = false,
                TrackLineNumbers = true,
                MaxRecordSize = MaxRowBytes,
                BufferSize = 128 * 1024,
                OnMalformedRecord = record => _malformed = record.Reason,
            },
            leaveOpen: true);
    }

    /// <summary>What to add where quotes stand that RFC 4180 does not allow: how they can be read all the same.</summary>
    public string QuoteAdvice { get; init; } = "";

    /// <summary>What stands between fields.</summary>
    public char Separator { get; }

    /// <summary>The line on which the row begins, counted from 1. Empty lines and line breaks inside quotes count.</summary>
    public long Line => _reader.LineNumber;

    /// <summary>What is malformed about the row; null where it is well formed. The fields of a malformed row are not to be used.</summary>
    public string? Error { get; private set; }

    /// <summary>Fields in the row.</summary>
    public int Count => _reader.FieldCount;

    /// <summary>A field of the row, unquoted, and mapped where there is a mapping; valid until the next row is read.</summary>
    public ReadOnlySpan<byte> this[int index] => _mapping is null ? _reader.GetSpan(index) : _mapping[index];

    /// <summary>Nothing stands between the separators: a row that a spreadsheet writes below the last that was filled.</summary>
    internal bool IsBlank
    {
        get
        {
            for (var index = 0; index < Count; index++)
            {
                if (!_reader.IsEmpty(index))
                {
                    return false;
                }
            }

            return Count > 1;
        }
    }

    /// <summary>Moves to the next row that is not empty; false at the end of the file.</summary>
    /// <exception cref="CsvException">What follows can no longer be told into rows.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _malformed = null;
        try
        {
            if (!await _reader.ReadAsync(cancellationToken))
            {
                return false;
            }
        }
        catch (CsvFormatException exception)
        {
            throw new CsvException(exception.LineNumber, $"A row begins here that is longer than {MaxRowBytes} bytes, or a quote that is never closed.");
        }

        Error = _malformed switch
        {
            CsvMalformedReason.UnterminatedQuote => throw new CsvException(Line, "A quote in the row that begins here is never closed."),
            CsvMalformedReason.StrayQuote when !_lenientQuotes => $"has a quote inside a field that does not begin with one{QuoteAdvice}",
            CsvMalformedReason.TextAfterClosingQuote when !_lenientQuotes => $"has text after a closing quote{QuoteAdvice}",
            _ => Utf8.IsValid(_reader.RawRecord) ? null : "is not valid UTF-8",
        };
        if (_mapping is not null && Error is null)
        {
            Map(_mapping);
        }

        return true;
    }

    /// <summary>Whether the file itself has something in that field of the row, whatever a mapping makes of it.</summary>
    internal bool HasText(int index) => !_reader.GetSpan(index).Trim(" \t"u8).IsEmpty;

    /// <summary>Has the rows that follow read through a mapping.</summary>
    internal void MapRows(FileMapping mapping) => _mapping = mapping;

    public void Dispose() => _reader.Dispose();

    private void Map(FileMapping mapping)
    {
        mapping.BeginRow();
        for (var index = 0; index < Count; index++)
        {
            mapping.Add(_reader.GetSpan(index));
        }

        mapping.EndRow();
    }
}

/// <summary>A CSV file that cannot be read on: what follows can no longer be told into rows.</summary>
public sealed class CsvException(long line, string reason) : Exception(reason)
{
    /// <summary>Where the row begins that cannot be read, counted from 1.</summary>
    public long Line { get; } = line;
}
