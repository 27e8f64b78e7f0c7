using System.IO.Compression;
using System.Security.Cryptography;

namespace Andi.Cli.Backup;

/// <summary>A file of a backup: compressed, and known by its size and checksum.</summary>
internal static class TableFile
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Writes a file, readable by its owner only, and waits until it is on disk.</summary>
    /// <param name="file">Must not be there.</param>
    /// <param name="write">Writes what is to be compressed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its size and checksum.</returns>
    public static async Task<(long Bytes, string Sha256)> WriteAsync(string file, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = BufferSize, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var target = new FileStream(file, options))
        {
            await using (var compressed = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            {
                await write(compressed);
            }

            await target.FlushAsync(cancellationToken);
            target.Flush(flushToDisk: true);
        }

        return (new FileInfo(file).Length, await ChecksumAsync(file, cancellationToken));
    }

    /// <summary>The rows of a file.</summary>
    public static Stream Open(string file) => new GZipStream(
        new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan), CompressionMode.Decompress);

    /// <exception cref="CommandFailure">The file is missing, or not what was written.</exception>
    public static async Task VerifyAsync(string folder, BackupFile file, CancellationToken cancellationToken)
    {
        // A manifest names files of its own folder only.
        var path = Path.GetFullPath(file.Path, folder);
        if (!path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(path))
        {
            throw new CommandFailure($"The backup is damaged: {file.Path} is missing.");
        }

        if (new FileInfo(path).Length != file.Bytes || await ChecksumAsync(path, cancellationToken) != file.Sha256)
        {
            throw new CommandFailure($"The backup is damaged: {file.Path} is not what was written; its size or checksum differs.");
        }
    }

    private static async Task<string> ChecksumAsync(string file, CancellationToken cancellationToken)
    {
        await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }
}
