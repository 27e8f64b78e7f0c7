using System.Buffers;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Imports.Uploads;

/// <summary>An upload that has come whole: in memory where it is small, else in a temporary file, which is gone with this or with the process.</summary>
internal sealed class SpooledUpload : IAsyncDisposable
{
    /// <summary>Uploads of up to so many bytes need no file.</summary>
    public const int InMemory = 256 * 1024;

    private readonly byte[] _buffer;

    private SpooledUpload(byte[] buffer, Stream content) => (_buffer, Content) = (buffer, content);

    /// <summary>From its beginning; can be read once more.</summary>
    public Stream Content { get; }

    /// <summary>Reads <paramref name="body"/> to its end.</summary>
    /// <exception cref="ProblemException">507: the temporary file cannot be written.</exception>
    public static async Task<SpooledUpload> ReceiveAsync(Stream body, UploadOptions options, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(InMemory);
        FileStream? file = null;
        try
        {
            while (true)
            {
                var length = await body.ReadAtLeastAsync(buffer.AsMemory(0, InMemory), InMemory, throwOnEndOfStream: false, cancellationToken);
                if (file is null && length < InMemory)
                {
                    return new SpooledUpload(buffer, new MemoryStream(buffer, 0, length, writable: false));
                }

                file ??= Create(options.Folder);
                await WriteAsync(file, buffer.AsMemory(0, length), cancellationToken);
                if (length < InMemory)
                {
                    file.Position = 0;
                    return new SpooledUpload(buffer, file);
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            if (file is not null)
            {
                await file.DisposeAsync();
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        // There are names and scores of students in it.
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
    }

    private static FileStream Create(string folder)
    {
        var path = Path.Combine(folder, $"andi-upload-{Guid.NewGuid():N}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous | FileOptions.SequentialScan,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            var file = new FileStream(path, options);
            if (!OperatingSystem.IsWindows())
            {
                // What is open stays, and is gone with the process however that ends.
                File.Delete(path);
            }

            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NoRoom(exception);
        }
    }

    private static async Task WriteAsync(FileStream file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException exception)
        {
            throw NoRoom(exception);
        }
    }

    private static ProblemException NoRoom(Exception exception) => new(
        StatusCodes.Status507InsufficientStorage,
        "The upload cannot be kept.",
        $"The folder for uploads (Imports:Uploads:Folder) cannot be written: {exception.GetType().Name}. Nothing was written.");
}
