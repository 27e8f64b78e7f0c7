using System.Globalization;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Imports.Uploads;

/// <summary>A request's body that may have so many bytes and must be there by a deadline.</summary>
internal sealed class BoundedBody : Stream
{
    private readonly Stream _body;
    private readonly UploadOptions _options;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationToken _caller;
    private long _read;

    /// <param name="caller">Ends the reading, too, and is no missed deadline.</param>
    public BoundedBody(Stream body, UploadOptions options, CancellationToken caller)
    {
        (_body, _options, _caller) = (body, options, caller);
        _deadline = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _deadline.CancelAfter(TimeSpan.FromSeconds(options.DeadlineSeconds));
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <exception cref="ProblemException">408: the deadline has passed; 413: there are more bytes than may be.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            // The reader's token is the caller's, which the deadline's is linked to.
            read = await _body.ReadAsync(buffer, _deadline.Token);
        }
        catch (OperationCanceledException) when (_deadline.IsCancellationRequested && !_caller.IsCancellationRequested)
        {
            throw new ProblemException(
                StatusCodes.Status408RequestTimeout,
                "The upload took too long.",
                $"It may take {_options.DeadlineSeconds} seconds, and {_read} bytes had come by then. Nothing was written.");
        }

        _read += read;
        return _read <= _options.MaxBytes ? read : throw new ProblemException(
            StatusCodes.Status413PayloadTooLarge,
            "The upload is too large.",
            string.Create(CultureInfo.InvariantCulture, $"An import may have at most {_options.MaxBytes} bytes, decompressed. Nothing was written."));
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
        if (disposing)
        {
            _deadline.Dispose();
        }

        base.Dispose(disposing);
    }
}
