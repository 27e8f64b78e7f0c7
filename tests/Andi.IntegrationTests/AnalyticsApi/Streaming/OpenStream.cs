using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Andi.IntegrationTests.AnalyticsApi.Streaming;

/// <summary>An event of a stream as .NET's own parser read it, and when.</summary>
internal sealed record ReadEvent(
    string Type, string? Id, TimeSpan? Retry, string Position, DateTimeOffset? AppliedAt, IReadOnlyList<string> Tables, DateTime At);

/// <summary>A stream that is read as it comes.</summary>
internal sealed class OpenStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<ReadEvent> _events = Channel.CreateUnbounded<ReadEvent>();
    private readonly CancellationTokenSource _close = new();
    private readonly Stream _body;
    private readonly Task _reading;
    private string _lastId = "";

    private OpenStream(HttpResponseMessage response, Stream body)
    {
        (Response, _body) = (response, body);
        _reading = ReadAsync();
    }

    public HttpResponseMessage Response { get; }

    /// <summary>What a reader that comes back sends as <c>Last-Event-ID</c>: an id counts also without an event.</summary>
    public string LastId => _lastId;

    /// <summary>Completed once the other side has ended the stream in good order.</summary>
    public Task Ended => _events.Reader.Completion;

    public static async Task<OpenStream> ReadAsync(HttpResponseMessage response) =>
        new(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

    public async Task<ReadEvent> NextAsync(TimeSpan? patience = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience ?? Patience);
        return await _events.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The events that come within a time.</summary>
    public async Task<IReadOnlyList<ReadEvent>> WithinAsync(TimeSpan time)
    {
        await Task.Delay(time, TestContext.Current.CancellationToken);
        var read = new List<ReadEvent>();
        while (_events.Reader.TryRead(out var one))
        {
            read.Add(one);
        }

        return read;
    }

    public async ValueTask DisposeAsync()
    {
        await _close.CancelAsync();
        Response.Dispose();
        await _reading;
        _close.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            var parser = SseParser.Create(_body, (type, data) => (Type: type, Text: Encoding.UTF8.GetString(data)));
            await foreach (var item in parser.EnumerateAsync(_close.Token))
            {
                var data = JsonDocument.Parse(item.Data.Text).RootElement;
                _lastId = parser.LastEventId;
                _events.Writer.TryWrite(new ReadEvent(
                    item.EventType, item.EventId, item.ReconnectionInterval, data.GetProperty("position").GetString()!,
                    data.GetProperty("appliedAt").Deserialize<DateTimeOffset?>(),
                    [.. data.GetProperty("tables").EnumerateArray().Select(table => table.GetString()!)], DateTime.UtcNow));
            }

            _events.Writer.Complete();
        }
        catch (Exception failure)
        {
            _events.Writer.TryComplete(failure);
        }
    }
}
