using Andi.EmbeddedClickHouse.Errors;

namespace Andi.EmbeddedClickHouse.Http;

/// <summary>
/// A request's body that may trickle in but not stand still: a read that gets nothing for too long is error 209, SOCKET_TIMEOUT. An INSERT holds one
/// of the server's places until its rows are all here.
/// </summary>
internal sealed class PatientBody(Stream body, TimeSpan patience, CancellationToken aborted) : Stream
{
    private readonly CancellationTokenSource _impatience = CancellationTokenSource.CreateLinkedTokenSource(aborted);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _impatience.CancelAfter(patience);
        try
        {
            return await body.ReadAsync(buffer, _impatience.Token);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            throw ClickHouseException.Of(ErrorCode.SocketTimeout, $"Timeout exceeded while reading from the client ({patience})");
        }
        finally
        {
            _impatience.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _impatience.Dispose();
        base.Dispose(disposing);
    }
}
