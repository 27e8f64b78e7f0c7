using System.IO.Compression;
using Andi.Oltp.Imports.Uploads;
using Andi.Oltp.Validation;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Andi.Oltp.Areas.OneRoster;

/// <summary>
/// The files of a set, as they were sent: in a zip file, or as parts of a form. They have come whole before the transaction begins, which so does not wait
/// for who sends.
/// </summary>
/// <param name="limits">Of bytes.</param>
/// <param name="uploads">Where uploads are kept meanwhile, and how long they may take.</param>
internal sealed class RosterPackage(OneRosterOptions limits, UploadOptions uploads) : IAsyncDisposable
{
    private const string ZipMediaType = "application/zip";
    private const string FormMediaType = "multipart/form-data";

    // The specification knows seventeen files.
    private const int MaxFiles = 100;

    private readonly Dictionary<string, Func<Stream>> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IAsyncDisposable> _open = [];
    private long _unpacked;

    /// <summary>The files' names, without folders.</summary>
    public IEnumerable<string> Names => _files.Keys;

    /// <summary>Receives a request's body.</summary>
    /// <exception cref="ProblemException">415; 408 or 413: the limits are exceeded; 507: there is no room to keep it.</exception>
    /// <exception cref="InvalidDataException">It is no set of files.</exception>
    public static async Task<RosterPackage> ReceiveAsync(
        HttpRequest request, OneRosterOptions limits, UploadOptions uploads, CancellationToken cancellationToken)
    {
        var package = new RosterPackage(limits, uploads);
        try
        {
            var bounds = new UploadOptions { Folder = uploads.Folder, DeadlineSeconds = uploads.DeadlineSeconds, MaxBytes = limits.MaxUploadBytes };
            await using var body = new BoundedBody(request.Body, bounds, cancellationToken);
            _ = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
            if (type?.MediaType.Equals(ZipMediaType, StringComparison.OrdinalIgnoreCase) == true)
            {
                package.AddZip(await package.KeepAsync(body, cancellationToken));
            }
            else if (type?.MediaType.Equals(FormMediaType, StringComparison.OrdinalIgnoreCase) == true && type.Boundary.HasValue)
            {
                await package.AddPartsAsync(new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).Value!, body), cancellationToken);
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

    private void AddZip(Stream file)
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

    private async Task<Stream> KeepAsync(Stream body, CancellationToken cancellationToken)
    {
        var kept = await SpooledUpload.ReceiveAsync(body, uploads, cancellationToken);
        _open.Add(kept);
        return kept.Content;
    }
}
