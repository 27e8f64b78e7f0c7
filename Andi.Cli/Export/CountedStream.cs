using System.Globalization;
using Andi.Cli.Terminal;

namespace Andi.Cli.Export;

/// <summary>A stream that is written to from the beginning to the end.</summary>
internal abstract class WriteOnlyStream : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public abstract override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>Tells a step of work how many rows and bytes have been written; closes the stream below.</summary>
/// <param name="isText">Whether a row is a line; else only the bytes are counted.</param>
/// <param name="headers">Lines that are no rows.</param>
internal sealed class CountedStream(Stream inner, IWorkStep step, bool isText, int headers) : WriteOnlyStream
{
    private long _lines;
    private bool _isQuoted;

    /// <summary>Bytes.</summary>
    public long Written { get; private set; }

    /// <summary>Whole rows; 0 where a row is no line.</summary>
    public long Rows => Math.Max(0, _lines - headers);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await inner.WriteAsync(buffer, cancellationToken);
        Written += buffer.Length;
        if (isText)
        {
            Count(buffer.Span);
            step.Report(Rows, detail: string.Create(CultureInfo.InvariantCulture, $"rows, {Amount.Bytes(Written)}"));
        }
        else
        {
            step.Report(Written, detail: $"bytes, {Amount.Bytes(Written)}");
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    // A line break within quotes is part of a value. In JSON there are no line breaks but those behind rows, and a quote within a text has a backslash.
    private void Count(ReadOnlySpan<byte> bytes)
    {
        if (headers == 0)
        {
            _lines += bytes.Count((byte)'\n');
            return;
        }

        foreach (var one in bytes)
        {
            _isQuoted ^= one == (byte)'"';
            _lines += one == (byte)'\n' && !_isQuoted ? 1 : 0;
        }
    }
}
