using Andi.Oltp.Validation;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Andi.Oltp.Imports.Uploads;

/// <summary>The parts of a <c>multipart/form-data</c> body: <c>mapping</c>, which may be missing, and <c>file</c> behind it.</summary>
internal sealed class ImportForm
{
    private const int MaxMappingBytes = 256 * 1024;
    private const string Mapping = "mapping";
    private const string File = "file";

    private readonly MultipartReader _reader;
    private MultipartSection? _file;

    private ImportForm(MultipartReader reader) => _reader = reader;

    /// <summary>The part <c>mapping</c>; null where there is none.</summary>
    public byte[]? MappingJson { get; private set; }

    /// <summary>The content of the part <c>file</c>, to be read to its end.</summary>
    public Stream Content => _file!.Body;

    /// <summary>Reads up to the content of the file.</summary>
    /// <exception cref="ProblemException">400 or 415: other parts, in another order, or of other types.</exception>
    public static async Task<ImportForm> OpenAsync(MediaTypeHeaderValue type, Stream body, CancellationToken cancellationToken)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary))
        {
            throw Wrong("The Content-Type has no boundary.");
        }

        var form = new ImportForm(new MultipartReader(boundary, body, 64 * 1024));
        var section = await form.NextAsync(cancellationToken);
        if (NameOf(section) == Mapping)
        {
            RequireType(section!, Mapping, "application/json", "text/plain");
            form.MappingJson = await ReadMappingAsync(section!.Body, cancellationToken);
            section = await form.NextAsync(cancellationToken);
        }

        if (NameOf(section) != File)
        {
            throw Wrong(section is null ? "There is no part 'file'." : $"There is a part '{NameOf(section)}' where 'file' should be.");
        }

        // What senders call a CSV file who do not know that type.
        RequireType(section!, File, "text/csv", "text/plain", "application/octet-stream", "application/vnd.ms-excel");
        form._file = section;
        return form;
    }

    /// <summary>To be called behind the content.</summary>
    /// <exception cref="ProblemException">400: there are more parts.</exception>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (await NextAsync(cancellationToken) is { } more)
        {
            throw Wrong($"There is a part '{NameOf(more)}' behind 'file'; a mapping comes before it.");
        }
    }

    /// <summary>Runs what reads the body; what is malformed about its parts is the sender's fault.</summary>
    public static async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (InvalidDataException exception)
        {
            throw Wrong(exception.Message);
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException))
        {
            // Of the reader of parts; a connection that breaks has exceptions of its own.
            throw Wrong("The body ends before its closing boundary.");
        }
    }

    private static async Task<byte[]> ReadMappingAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxMappingBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxMappingBytes
            ? buffer[..length]
            : throw new ProblemException(
                StatusCodes.Status413PayloadTooLarge, "The mapping is too large.", $"The part 'mapping' may have at most {MaxMappingBytes} bytes.");
    }

    private static string? NameOf(MultipartSection? section) => section is null
        ? null
        : ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            ? HeaderUtilities.RemoveQuotes(disposition.Name).Value
            : "";

    private static void RequireType(MultipartSection section, string name, params string[] allowed)
    {
        if (section.ContentType is null)
        {
            return;
        }

        if (!MediaTypeHeaderValue.TryParse(section.ContentType, out var type) || !allowed.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
        {
            throw new ProblemException(
                StatusCodes.Status415UnsupportedMediaType,
                "Unsupported media type.",
                $"The part '{name}' must be {allowed[0]}, not '{section.ContentType}'.");
        }

        if (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(
                StatusCodes.Status415UnsupportedMediaType, "Unsupported media type.", $"The part '{name}' must be UTF-8, not '{type.Charset}'.");
        }
    }

    private static ProblemException Wrong(string detail) => new(StatusCodes.Status400BadRequest, "The form is not valid.",
        $"{detail} There may be a part 'mapping' (application/json), and behind it there must be a part 'file' (text/csv).");

    private Task<MultipartSection?> NextAsync(CancellationToken cancellationToken) => _reader.ReadNextSectionAsync(cancellationToken);
}
