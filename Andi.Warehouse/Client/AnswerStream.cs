using System.Text;

namespace Andi.Warehouse.Client;

/// <summary>
/// An answer as it arrives, which remembers its end: a server that fails after it began to answer can only say so there
/// (a line of <c>Code: … DB::Exception: …</c>, in newer releases between <c>__exception__</c> marks), or break the connection off.
/// </summary>
internal sealed class AnswerStream(Stream inner) : Stream
{
    private const int Remembered = 32 * 1024;
    private const string Marker = "__exception__";
    private const string PlainMarker = "\nCode: ";

    private byte[] _tail = [];

    /// <summary>The failure that the end of the answer tells of, if it does. To be asked once the answer has turned out broken.</summary>
    public ClickHouseException? Failure()
    {
        var text = Encoding.UTF8.GetString(_tail);
        var marker = text.LastIndexOf(PlainMarker, StringComparison.Ordinal);
        return marker < 0 ? null : ClickHouseException.FromServerText(text[(marker + 1)..].Split(Marker)[0]);
    }

    /// <summary>Copies all of it.</summary>
    /// <param name="target">Takes it.</param>
    /// <param name="exceptionTag">What the server marks a failure behind the beginning of the answer with; null where it does not.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ClickHouseException">The answer breaks off, or its end tells of a failure.</exception>
    public async Task CopyWholeAsync(Stream target, string? exceptionTag, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            int read;
            try
            {
                read = await ReadAsync(buffer, cancellationToken);
            }
            catch (Exception broken) when (broken is IOException or HttpRequestException && !cancellationToken.IsCancellationRequested)
            {
                throw Failure() ?? new ClickHouseException(ClickHouseException.Truncated, "", $"The answer is not whole: {broken.Message}", broken);
            }

            if (read == 0)
            {
                break;
            }

            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        if (exceptionTag is { Length: > 0 } && Encoding.UTF8.GetString(_tail).Contains(exceptionTag, StringComparison.Ordinal))
        {
            throw Failure() ?? new ClickHouseException(ClickHouseException.Truncated, "", "The answer ends with the mark of a failure.");
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Remember(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Remember(ReadOnlySpan<byte> read)
    {
        if (read.Length >= Remembered)
        {
            _tail = read[^Remembered..].ToArray();
            return;
        }

        var kept = _tail.AsSpan(Math.Max(0, _tail.Length + read.Length - Remembered));
        var tail = new byte[kept.Length + read.Length];
        kept.CopyTo(tail);
        read.CopyTo(tail.AsSpan(kept.Length));
        _tail = tail;
    }
}
