using System.Text;

namespace Andi.UnitTests.Cli.Load;

/// <summary>A file of a header and many equal rows, made while it is read.</summary>
internal sealed class RepeatedRows(string header, string row, long rows) : Stream
{
    private readonly byte[] _row = Encoding.UTF8.GetBytes(row);
    private byte[] _current = Encoding.UTF8.GetBytes(header);
    private int _at;
    private long _left = rows;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Fill(buffer.Span));

    public override int Read(byte[] buffer, int offset, int count) => Fill(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Fill(Span<byte> buffer)
    {
        var filled = 0;
        while (filled < buffer.Length && (_at < _current.Length || _left-- > 0))
        {
            if (_at == _current.Length)
            {
                (_current, _at) = (_row, 0);
            }

            var part = Math.Min(buffer.Length - filled, _current.Length - _at);
            _current.AsSpan(_at, part).CopyTo(buffer[filled..]);
            (_at, filled) = (_at + part, filled + part);
        }

        return filled;
    }
}
