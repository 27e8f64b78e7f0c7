using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Andi.EmbeddedClickHouse.Tests;

/// <summary>Sends statements as plain HTTP requests.</summary>
public sealed class ClickHouseClient : IDisposable
{
    private readonly HttpClient _http;

    public ClickHouseClient(Uri address, string? password, string user = "default")
    {
        _http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.None })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromMinutes(1),
        };
        if (password is not null)
        {
            _http.DefaultRequestHeaders.Add("X-ClickHouse-User", user);
            _http.DefaultRequestHeaders.Add("X-ClickHouse-Key", password);
        }
    }

    public Uri Server => _http.BaseAddress!;

    /// <summary>Sends a request with parameters of the address, <c>name=value</c>, which are escaped here.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string[] parameters, HttpContent? body = null, Action<HttpRequestHeaders>? headers = null) =>
        SendUntilAsync(method, parameters, body, headers, TestContext.Current.CancellationToken);

    /// <summary>Sends a request that goes away when the token says so.</summary>
    public Task<HttpResponseMessage> SendUntilAsync(
        HttpMethod method, string[] parameters, HttpContent? body, Action<HttpRequestHeaders>? headers, CancellationToken abort)
    {
        var request = new HttpRequestMessage(method, Address(parameters)) { Content = body };
        headers?.Invoke(request.Headers);
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, abort);
    }

    /// <summary>Posts a statement and returns the whole answer.</summary>
    public async Task<Answer> PostAsync(string statement, params string[] parameters) =>
        await Answer.OfAsync(await SendAsync(HttpMethod.Post, parameters, new StringContent(statement)));

    /// <summary>Posts rows to an INSERT that stands in the address.</summary>
    public async Task<Answer> InsertAsync(string statement, byte[] rows, params string[] parameters) =>
        await Answer.OfAsync(await SendAsync(HttpMethod.Post, [$"query={statement}", .. parameters], new ByteArrayContent(rows)));

    /// <summary>Posts a statement that must succeed and returns its result without the last line break.</summary>
    public async Task<string> AskAsync(string statement, params string[] parameters)
    {
        var answer = await PostAsync(statement, parameters);
        answer.Status.ShouldBe(200, answer.Text);
        return answer.Text.TrimEnd('\n');
    }

    public void Dispose() => _http.Dispose();

    private static string Address(string[] parameters) =>
        "/" + (parameters.Length == 0 ? "" : "?" + string.Join('&', parameters.Select(pair =>
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            return $"{Uri.EscapeDataString(pair[..equals])}={Uri.EscapeDataString(pair[(equals + 1)..])}";
        })));
}

/// <summary>An answer, read whole.</summary>
public sealed record Answer(int Status, byte[] Bytes, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>The error's code in the header, or null.</summary>
    public int? ExceptionCode => Header("X-ClickHouse-Exception-Code") is { } code ? int.Parse(code, CultureInfo.InvariantCulture) : null;

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return new Answer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Headers, response.Content.Headers);
        }
    }

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    /// <summary>A number of the summary, which has them as strings.</summary>
    public long Summary(string field) =>
        long.Parse(JsonDocument.Parse(Header("X-ClickHouse-Summary")!).RootElement.GetProperty(field).GetString()!, CultureInfo.InvariantCulture);

    /// <summary>Demands that this is the error that ClickHouse has for the case: code in header and text, name, status.</summary>
    public Answer ShouldBeError(int code, string name, int status)
    {
        Text.ShouldStartWith($"Code: {code}. DB::Exception: ");
        Text.ShouldContain($"({name})");
        ExceptionCode.ShouldBe(code);
        Status.ShouldBe(status);
        return this;
    }
}
