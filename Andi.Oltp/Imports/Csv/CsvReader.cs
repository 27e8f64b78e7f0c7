using System.Buffers;
using System.Text.Unicode;

namespace Andi.Oltp.Imports.Csv;

/// <summary>
/// Reads CSV (RFC 4180) from a stream of UTF-8 without turning it into strings: rows come as spans over one buffer, so memory does not grow with the
/// file, only with its longest row. Lines end with LF, CRLF or CR; empty lines are skipped; a byte order mark is skipped.
/// </summary>
public sealed class CsvReader(Stream stream, int maxRowBytes = CsvReader.DefaultMaxRowBytes) : IDisposable
{
    /// <summary>One MiB: a row beyond that is a quote that was never closed.</summary>
    public const int DefaultMaxRowBytes = 1024 * 1024;
    private const int InitialBufferBytes = 128 * 1024;

    private readonly CsvRow _row = new();
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBufferBytes);
    private int _start;
    private int _end;
    private long _nextLine = 1;
    private bool _endOfStream;
    private bool _begun;

    /// <summary>The row that <see cref="ReadAsync"/> came to; its spans are valid until the next call.</summary>
    public CsvRow Row => _row;

    /// <summary>Moves to the next row; false at the end of the file. A row that is malformed says so in <see cref="CsvRow.Error"/>; the one after it can be read.</summary>
    /// <exception cref="CsvException">The file cannot be read on from here.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_begun)
        {
            await BeginAsync(cancellationToken);
        }

        while (true)
        {
            switch (CsvRowParser.Parse(_buffer.AsSpan(0, _end), _start, _endOfStream, _nextLine, _row))
            {
                case CsvRowParser.Result.Row:
                    _start = _row.End;
                    _nextLine = _row.NextLine;
                    if (!Utf8.IsValid(_buffer.AsSpan(_row.Start, _row.End - _row.Start)))
                    {
                        _row.Error = "is not valid UTF-8";
                    }

                    _row.Take(_buffer);
                    return true;
                case CsvRowParser.Result.EmptyLine:
                    _start = _row.End;
                    _nextLine = _row.NextLine;
                    break;
                case CsvRowParser.Result.End:
                    return false;
                default:
                    await FillAsync(cancellationToken);
                    break;
            }
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        _begun = true;
        while (_end < 3 && !_endOfStream)
        {
            await FillAsync(cancellationToken);
        }

        switch (_buffer.AsSpan(0, _end))
        {
            case [0xEF, 0xBB, 0xBF, ..]:
                _start = 3;
                break;
            case [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]:
                throw new CsvException(1, "The file is UTF-16; save it as UTF-8.");
            case [0x1F, 0x8B, ..]:
                throw new CsvException(1, "The file is compressed with gzip; send it uncompressed.");
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        var kept = _end - _start;
        if (kept > maxRowBytes)
        {
            throw new CsvException(_nextLine, _row.InsideQuotes
                ? $"A quote opened in this row is not closed within {maxRowBytes} bytes."
                : $"This row is longer than {maxRowBytes} bytes.");
        }

        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, kept);
            (_start, _end) = (0, kept);
        }

        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            Buffer.BlockCopy(_buffer, 0, larger, 0, _end);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _endOfStream = read == 0;
    }
}
