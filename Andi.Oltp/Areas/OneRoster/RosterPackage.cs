using System.IO.Compression;
using Andi.Oltp.Validation;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Andi.Oltp.Areas.OneRoster;

/// <summary>
/// The files of a set, as they were sent: in a zip file, or as parts of a form. They are kept in temporary files that go when they are closed, so that the
/// transaction does not wait for who sends.
/// </summary>
/// <param name="limits">Of bytes.</param>
internal sealed class RosterPackage(OneRosterOptions limits) : IAsyncDisposable
{
    private const string ZipMediaType = "application/zip";
    private const string FormMediaType = "multipart/form-data";
    private const int BufferSize = 64 * 1024;

    // The specification knows seventeen files.
    private const int MaxFiles = 100;

    private readonly Dictionary<string, Func<Stream>> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IAsyncDisposable> _open = [];
    private long _received;
    private long _unpacked;

    /// <summary>The files' names, without folders.</summary>
    public IEnumerable<string> Names => _files.Keys;

    /// <summary>Receives a request's body.</summary>
    /// <exception cref="ProblemException">415, or 413: the limits are exceeded.</exception>
    /// <exception cref="InvalidDataException">It is no set of files.</exception>
    public static async Task<RosterPackage> ReceiveAsync(HttpRequest request, OneRosterOptions limits, CancellationToken cancellationToken)
    {
        var package = new RosterPackage(limits);
        try
        {
            _ = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
            if (type?.MediaType.Equals(ZipMediaType, StringComparison.OrdinalIgnoreCase) == true)
            {
                package.AddZip(await package.KeepAsync(request.Body, cancellationToken));
            }
            else if (type?.MediaType.Equals(FormMediaType, StringComparison.OrdinalIgnoreCase) == true && type.Boundary.HasValue)
            {
                await package.AddPartsAsync(new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).Value!, request.Body), cancellationToken);
            }
            else
            {
                throw new ProblemException(
                    StatusCodes.Status415UnsupportedMediaType, "Unsupported media type.",
                    $"Content-Type must be {ZipMediaType} or {FormMediaType}, not '{request.ContentType}'.");
            }

            return package;
        }
        catch
        {
            await package.DisposeAsync();
            throw;
        }
    }

    public bool Has(string name) => _files.ContainsKey(name);

    /// <summary>Reads a file that is there. All that is read of a set is counted: what was packed small may be without end.</summary>
    public Stream Open(string name) => new LimitedStream(_files[name](), count =>
    {
        if ((_unpacked += count) > limits.MaxUnpackedBytes)
        {
            throw TooLarge($"{name}: the files of a set may have at most {limits.MaxUnpackedBytes} bytes unpacked.");
        }
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _open)
        {
            await one.DisposeAsync();
        }
    }

    private static ProblemException TooLarge(string detail) => new(StatusCodes.Status413PayloadTooLarge, "The set is too large.", detail);

    private void AddZip(FileStream file)
    {
        var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries.Where(entry => entry.Name.Length > 0 && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)))
        {
            Add(entry.Name, entry.Open);
        }
    }

    private async Task AddPartsAsync(MultipartReader parts, CancellationToken cancellationToken)
    {
        while (await NextAsync(parts, cancellationToken) is { } part)
        {
            if (part.GetContentDispositionHeader() is { } disposition && disposition.IsFileDisposition())
            {
                var name = HeaderUtilities.RemoveQuotes(disposition.FileName).Value!;
                var file = await KeepAsync(part.Body, cancellationToken);
                Add(Path.GetFileName(name), () => file);
            }
        }
    }

    private static async Task<MultipartSection?> NextAsync(MultipartReader parts, CancellationToken cancellationToken)
    {
        try
        {
            return await parts.ReadNextSectionAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new InvalidDataException($"The form breaks off. {exception.Message}", exception);
        }
    }

    private void Add(string name, Func<Stream> open)
    {
        if (!_files.TryAdd(name, open))
        {
            throw RosterResult.Wrong(name, "is in the set more than once");
        }

        if (_files.Count > MaxFiles)
        {
            throw RosterResult.Wrong(name, $"is one file too many: a set has at most {MaxFiles}");
        }
    }

    private async Task<FileStream> KeepAsync(Stream body, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = BufferSize,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            // It has names of students.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"andi-roster-{Guid.NewGuid():N}"), options);
        _open.Add(file);
        await using var limited = new LimitedStream(body, count =>
        {
            if ((_received += count) > limits.MaxUploadBytes)
            {
                throw TooLarge($"A set may have at most {limits.MaxUploadBytes} bytes as it is sent.");
            }
        });
        await limited.CopyToAsync(file, BufferSize, cancellationToken);
        file.Position = 0;
        return file;
    }
}
