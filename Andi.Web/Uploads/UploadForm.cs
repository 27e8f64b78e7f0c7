using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Andi.Web.Uploads;

/// <summary>A form whose last field is a file, read as it comes: its fields are there, its file is still on its way.</summary>
/// <param name="Fields">By name; those behind the file are not read.</param>
/// <param name="File">Null where there is none, or none was chosen.</param>
/// <param name="FileName">As the browser calls it.</param>
internal sealed record UploadForm(IReadOnlyDictionary<string, string> Fields, Stream? File, string FileName)
{
    private const int MaxFieldBytes = 256 * 1024;
    private const int MaxFields = 30;

    public string this[string name] => Fields.GetValueOrDefault(name, "");

    /// <summary>Reads up to the file.</summary>
    /// <exception cref="InvalidDataException">It is no such form.</exception>
    public static async Task<UploadForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            throw new InvalidDataException("The request is no form with a file.");
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new MultipartReader(boundary, request.Body, 64 * 1024);
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            {
                throw new InvalidDataException("A part of the form has no name.");
            }

            if (disposition.IsFileDisposition())
            {
                var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "";
                // A browser sends an empty part where no file was chosen.
                return new UploadForm(fields, name.Length == 0 ? null : section.Body, name);
            }

            if (fields.Count == MaxFields)
            {
                throw new InvalidDataException($"The form has more than {MaxFields} fields before its file.");
            }

            fields[HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? ""] = await TextAsync(section.Body, cancellationToken);
        }

        return new UploadForm(fields, null, "");
    }

    private static async Task<string> TextAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = new byte[MaxFieldBytes + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxFieldBytes
            ? System.Text.Encoding.UTF8.GetString(bytes, 0, length)
            : throw new InvalidDataException($"A field of the form has more than {MaxFieldBytes} bytes.");
    }
}
