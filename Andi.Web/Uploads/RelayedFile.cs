using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Andi.Web.Uploads;

/// <summary>
/// Passes a file on while it comes, with its SHA-256 taken on the way. A file that is too large, or is not the one it should be, ends before its end: so the
/// write API, which imports nothing before it has all of a file, gets none.
/// </summary>
/// <param name="file">Read once, to its end.</param>
/// <param name="mediaType">Of the file.</param>
/// <param name="maxBytes">How many it may have.</param>
/// <param name="expected">The SHA-256 it must have, in hexadecimal; null: whatever it is.</param>
internal sealed class RelayedFile(Stream file, string mediaType, long maxBytes, string? expected) : HttpContent
{
    private const int BufferBytes = 64 * 1024;

    private string? _sha256;

    public string MediaType => mediaType;

    /// <summary>How much of it has come.</summary>
    public long Bytes { get; private set; }

    /// <summary>In hexadecimal; null until all of it has come.</summary>
    public string? Sha256 => _sha256;

    public bool IsTooLarge => Bytes > maxBytes;

    /// <summary>All of it has come, and it is another one than was expected.</summary>
    public bool IsAnother => _sha256 is not null && expected is not null && !_sha256.Equals(expected, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads what the write API did not want: a browser shows no answer before it has sent everything.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken) => await file.CopyToAsync(Stream.Null, cancellationToken);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await file.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                Bytes += read;
                if (IsTooLarge)
                {
                    throw new InvalidDataException($"The file has more than {maxBytes} bytes.");
                }

                hash.AppendData(buffer, 0, read);
                await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            // There are names and scores of students in it.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        _sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (IsAnother)
        {
            throw new InvalidDataException("The file is not the one that was looked at before.");
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    /// <summary>The body of an import: the file alone, or a form with how it is to be read in front of it.</summary>
    /// <param name="mapping">JSON; null: the file is read as it is.</param>
    public HttpContent Body(string? mapping)
    {
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return mapping is null
            ? this
            : new MultipartFormDataContent
            {
                { new StringContent(mapping, System.Text.Encoding.UTF8, "application/json"), "mapping" },
                { this, "file", "file.csv" },
            };
    }
}
