using System.Buffers;
using System.Globalization;
using System.Text;
using Andi.EmbeddedClickHouse.Errors;
using Andi.EmbeddedClickHouse.Statements;

namespace Andi.EmbeddedClickHouse.Http;

/// <summary>
/// Joins the statement of a request from its address and its body. The body of an INSERT is read no further than needed to know where its
/// rows start; any other one is read whole.
/// </summary>
internal sealed class StatementReader(Stream body, int maximumBytes) : IDisposable
{
    private const int FirstBuffer = 16 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _length;

    /// <summary>The statement, with the first rows of an INSERT behind it; more of them may still be in the body.</summary>
    public ReadOnlyMemory<byte> Text => _buffer.AsMemory(0, _length);

    public async Task<StatementText> ReadAsync(string start, CancellationToken cancellationToken)
    {
        if (start.Length > 0)
        {
            Grow(Encoding.UTF8.GetMaxByteCount(start.Length) + 1);
            _length = Encoding.UTF8.GetBytes(start, _buffer);
            _buffer[_length++] = (byte)'\n';
        }

        while (true)
        {
            if (_length == _buffer.Length)
            {
                Grow(_buffer.Length * 2);
            }

            var read = await body.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
            _length += read;
            if (StatementText.Read(Text.Span, complete: read == 0) is { } statement)
            {
                return statement;
            }

            if (_length > maximumBytes)
            {
                throw ClickHouseException.Of(
                    ErrorCode.SyntaxError, string.Create(CultureInfo.InvariantCulture, $"Max query size exceeded: a statement may have {maximumBytes} bytes"));
            }
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Grow(int size)
    {
        if (size <= _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(size);
        Text.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
