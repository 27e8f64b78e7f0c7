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
            var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);
            return content.CanSeek ? new SourceFile(content) : throw new CommandFailure($"{path} cannot be read twice, which a load does: save it as a file first.");
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
