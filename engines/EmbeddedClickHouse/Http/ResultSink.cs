using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Andi.EmbeddedClickHouse.Engine;
using Andi.EmbeddedClickHouse.Errors;
using Andi.EmbeddedClickHouse.Native;

namespace Andi.EmbeddedClickHouse.Http;

/// <summary>
/// Sends a result. The first bytes are held back, as the server does: an error that comes early still gets its own status, and a small result a
/// summary that is final. Behind them the result streams, at the pace of the client.
/// </summary>
internal sealed class ResultSink(HttpContext context, QueryRequest request, EngineHost engine, TimeSpan clientTimeout) : IAsyncDisposable
{
    /// <summary>The most that is handed to the connection at a time, and so all that waits for a slow client.</summary>
    private const int WriteSlice = 64 * 1024;

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly HeldBytes _held = new(request.HoldBytes, request.WaitEndOfQuery);
    private Stream? _compressor;
    private string _exceptionTag = "";

    /// <summary>The format's name, told in a header; null for a statement that returns nothing.</summary>
    public string? Format { get; set; }

    public QueryProgress Progress { get; set; }

    /// <summary>The answer has started: its status cannot change any more.</summary>
    public bool Begun { get; private set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (!Begun)
        {
            if (await _held.TryAddAsync(bytes, cancellationToken))
            {
                return;
            }

            Begin(length: null);
            await _held.SendAsync(SendAsync, cancellationToken);
        }

        await SendAsync(bytes, cancellationToken);
    }

    /// <summary>Ends a result without error.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (!Begun)
        {
            Begin(_held.Length);
            await _held.SendAsync(SendAsync, cancellationToken);
        }

        await EndCompressionAsync();
    }

    /// <summary>Tells an error after the answer has started, in the way clients look for; the connection must be cut off after it.</summary>
    public async Task BreakOffAsync(ClickHouseException error, CancellationToken cancellationToken)
    {
        var message = Encoding.UTF8.GetBytes(ErrorText.Of(error, engine.Version));
        var start = Encoding.UTF8.GetBytes($"\r\n__exception__\r\n{_exceptionTag}\r\n");
        var end = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{message.Length} {_exceptionTag}\r\n__exception__\r\n"));
        await SendAsync((byte[])[.. start, .. message, .. end], cancellationToken);
        await EndCompressionAsync();
        await context.Response.BodyWriter.FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _held.DisposeAsync();

        // What a broken compressor still holds has nowhere to go.
        _compressor = null;
    }

    private void Begin(long? length)
    {
        Begun = true;
        var response = context.Response;
        _exceptionTag = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 16);
        ResponseHeaders.Set(response, engine, request.QueryId);
        response.Headers["X-ClickHouse-Exception-Tag"] = _exceptionTag;
        response.Headers["X-ClickHouse-Summary"] = Summary.Of(Progress, Stopwatch.GetElapsedTime(_started));
        response.ContentType = ContentTypes.Of(Format);
        if (Format is not null)
        {
            response.Headers["X-ClickHouse-Format"] = Format;
        }

        if (length != 0 && ResponseCompression.Choose(context.Request, request) is { } encoding)
        {
            response.Headers.ContentEncoding = encoding;
            _compressor = ResponseCompression.Open(encoding, response.Body, request.CompressionLevel);
        }
        else
        {
            response.ContentLength = length;
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < bytes.Length; sent += WriteSlice)
        {
            var slice = bytes.Slice(sent, Math.Min(WriteSlice, bytes.Length - sent));
            var writing = _compressor is null ? WritePlainAsync(slice, cancellationToken) : _compressor.WriteAsync(slice, cancellationToken);
            if (!writing.IsCompletedSuccessfully)
            {
                await WaitForClientAsync(writing.AsTask());
            }
        }
    }

    private async ValueTask WritePlainAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await context.Response.BodyWriter.WriteAsync(bytes, cancellationToken);

    /// <summary>A client that takes nothing for too long is cut off: its statement holds one of the places.</summary>
    private async Task WaitForClientAsync(Task writing)
    {
        try
        {
            await writing.WaitAsync(clientTimeout);
        }
        catch (TimeoutException)
        {
            context.Abort();
            throw new OperationCanceledException($"The client took nothing of its result for {clientTimeout}.");
        }
    }

    private async ValueTask EndCompressionAsync()
    {
        if (_compressor is not null)
        {
            await _compressor.DisposeAsync();
            _compressor = null;
        }
    }
}
