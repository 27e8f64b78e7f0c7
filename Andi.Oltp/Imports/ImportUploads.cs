using Andi.Oltp.Imports.Mapping;
using Andi.Oltp.Imports.Uploads;
using Andi.Oltp.Validation;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Andi.Oltp.Imports;

/// <summary>Receives what an import was sent, whole, before anything is asked of the database: a slow sender holds no transaction and no place.</summary>
internal sealed class ImportUploads(ImportProfiles profiles, IOptions<UploadOptions> options)
{
    public const string CsvMediaType = "text/csv";
    public const string FormMediaType = "multipart/form-data";

    /// <param name="profile">The profile that the caller names, whose mapping that of the form is laid over; null: none.</param>
    /// <exception cref="ProblemException">The request is not one that an import takes: 400, 404, 408, 413, 415, 507.</exception>
    public async Task<ImportUpload> ReceiveAsync(HttpRequest request, ImportDefinition definition, string? profile, CancellationToken cancellationToken)
    {
        var type = RequireType(request);
        var shipped = profile is null ? null : profiles.Find(profile, definition).Mapping;
        await using var body = new BoundedBody(request.Body, options.Value, cancellationToken);
        return Is(type, FormMediaType)
            ? await ImportForm.ReadAsync(() => ReceiveFormAsync(type, body, definition, shipped, cancellationToken))
            : new ImportUpload(shipped, await SpooledUpload.ReceiveAsync(body, options.Value, cancellationToken));
    }

    private static MediaTypeHeaderValue RequireType(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !(Is(type, CsvMediaType) || Is(type, FormMediaType)))
        {
            throw Unsupported($"Content-Type must be {CsvMediaType}, or {FormMediaType} with a mapping, not '{request.ContentType}'.");
        }

        return type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? throw Unsupported($"The file must be UTF-8, not '{type.Charset}'.")
            : type;
    }

    private static bool Is(MediaTypeHeaderValue type, string mediaType) => type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    private static ProblemException Unsupported(string detail) => new(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type.", detail);

    private async Task<ImportUpload> ReceiveFormAsync(
        MediaTypeHeaderValue type, Stream body, ImportDefinition definition, ImportMapping? shipped, CancellationToken cancellationToken)
    {
        var form = await ImportForm.OpenAsync(type, body, cancellationToken);
        var mapping = shipped;
        if (form.MappingJson is { } json)
        {
            // Before the file comes: nobody should send gigabytes to be told of a misspelt field.
            var given = new MappingReader(definition.Entity, definition.Fields).Read(json);
            mapping = shipped is null ? given : given.Over(shipped);
        }

        var file = await SpooledUpload.ReceiveAsync(form.Content, options.Value, cancellationToken);
        try
        {
            await form.EndAsync(cancellationToken);
            return new ImportUpload(mapping, file);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}

/// <summary>What an import was sent.</summary>
/// <param name="Mapping">How the file is to be read; null: as it is.</param>
/// <param name="File">The file.</param>
internal sealed record ImportUpload(ImportMapping? Mapping, SpooledUpload File) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => File.DisposeAsync();
}
