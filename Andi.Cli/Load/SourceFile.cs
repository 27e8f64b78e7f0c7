using System.Security.Cryptography;
using Andi.Cli.Terminal;

namespace Andi.Cli.Load;

/// <summary>The file to load: read several times from its beginning, and known by the SHA-256 of its content.</summary>
internal sealed class SourceFile : IAsyncDisposable
{
    private const int BufferSize = 128 * 1024;

    private readonly FileStream _content;

    private SourceFile(FileStream content) => _content = content;

    /// <summary>Without its folder.</summary>
    public string Name => Path.GetFileName(_content.Name);

    public long Length => _content.Length;

    /// <exception cref="CommandFailure">It cannot be read.</exception>
    public static SourceFile Open(string path)
    {
        try
        {
            var content = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);
            return content.CanSeek ? new SourceFile(content)
                : throw new CommandFailure($"{path} cannot be read twice, as a load has to: save it as a file first.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"{path} cannot be read: {exception.Message}");
        }
    }

    /// <summary>SHA-256 of the content, in hexadecimal digits.</summary>
    public async Task<string> IdAsync(CancellationToken cancellationToken)
    {
        _content.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(_content, cancellationToken));
    }

    /// <summary>The content from its beginning; hashed, and told to the step, as it is read. One at a time.</summary>
    public HashedStream Read(IWorkStep step)
    {
        _content.Position = 0;
        return new HashedStream(_content, step);
    }

    public ValueTask DisposeAsync() => _content.DisposeAsync();
}

/// <summary>Hashes what is read through it, and tells a step of work how far that is.</summary>
internal sealed class HashedStream(Stream inner, IWorkStep step) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    /// <summary>The hash of the bytes read so far; of the whole content once a read has returned nothing.</summary>
    public string Id() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        Count(buffer.Span[..count]);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        Count(buffer.AsSpan(offset, read));
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }

    private void Count(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        _read += bytes.Length;
        step.Report(_read, detail: "bytes");
    }
}
