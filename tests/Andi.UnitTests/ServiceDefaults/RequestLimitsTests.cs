using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Andi.UnitTests.ServiceDefaults;

/// <summary>Requests that are too long, too slow or not what they should be, and are answered with a problem document by the middleware.</summary>
public sealed class RequestLimitsTests : IAsyncLifetime
{
    private RunningService _service = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(
        builder => builder.Configuration["Limits:RequestSeconds"] = "1",
        app =>
        {
            app.MapGet("/things/{id}", (string id, string? name) => $"{id} {name}");
            app.MapPost("/things", (Thing thing) => thing.Name);
            app.MapGet("/slow", (CancellationToken gone) => SlowAsync(gone));
            app.MapPost("/slow", (CancellationToken gone) => SlowAsync(gone));
            app.MapGet("/stream", (CancellationToken gone) => SlowAsync(gone)).DisableRequestTimeout();
        });

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Request_that_takes_too_long_is_ended_and_told_so()
    {
        var stream = _service.Http.GetAsync("/stream", Cancellation);
        using var read = await _service.Http.GetAsync("/slow", Cancellation);
        using var write = await _service.Http.PostAsync("/slow", null, Cancellation);

        (read.StatusCode, write.StatusCode).ShouldBe((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable));
        read.Headers.RetryAfter.ShouldNotBeNull();
        (await DetailAsync(read)).ShouldBe("It was ended after 1 s.");
        (await DetailAsync(write)).ShouldContain("read before you repeat it");
        (await stream).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/things/a?name=%00", "%00")]
    [InlineData("/things/a?name=x%00y", "%00")]
    [InlineData("/things/a?%00=1", "%00")]
    [InlineData("/things/%FF", "UTF-8")]
    [InlineData("/things/a?name=%C3%28", "UTF-8")]
    [InlineData("/things/a?name=%ED%A0%80", "UTF-8")]
    [InlineData("/things/a?name=100%", "%25")]
    [InlineData("/things/a?name=%zz", "%25")]
    public async Task Address_with_a_wrong_encoding_is_refused(string path, string reason)
    {
        var (status, detail) = await RawRequest.ProblemAsync(_service.Http.BaseAddress!, $"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        status.ShouldBe(400);
        detail.ShouldContain(reason);
    }

    [Fact]
    public async Task Address_with_letters_of_any_language_is_not() =>
        (await _service.Http.GetStringAsync("/things/M%C3%BCller%20100%25?name=%F0%9F%8E%93", Cancellation)).ShouldBe("Müller 100% 🎓");

    [Theory]
    [InlineData("Content-Length: 3", "abc")]
    [InlineData("Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\n\r\n")]
    public async Task Body_of_a_get_is_refused(string header, string body)
    {
        var (status, detail) = await RawRequest.ProblemAsync(
            _service.Http.BaseAddress!, $"GET /things/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n\r\n{body}");

        status.ShouldBe(413);
        detail.ShouldContain("no body");
    }

    [Fact]
    public async Task Expectation_that_is_not_understood_is_refused()
    {
        var (status, _) = await RawRequest.ProblemAsync(
            _service.Http.BaseAddress!, "GET /things/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: a-miracle\r\n\r\n");

        status.ShouldBe(417);
    }

    [Fact]
    public async Task Method_that_there_is_not_is_told_with_those_that_there_are()
    {
        using var response = await _service.Http.DeleteAsync("/things", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldBe(["POST"]);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData("gzip", true, 200)]
    [InlineData("gzip", false, 400)]
    [InlineData("zstd", true, 415)]
    [InlineData("gzip, gzip", true, 415)]
    public async Task Compressed_body_is_read_if_it_is_what_it_says(string encoding, bool isCompressed, int status)
    {
        var json = Encoding.UTF8.GetBytes("""{"name":"a"}""");
        using var content = new ByteArrayContent(isCompressed ? Compressed(json) : json);
        content.Headers.ContentType = new("application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

        using var response = await _service.Http.PostAsync("/things", content, Cancellation);

        ((int)response.StatusCode).ShouldBe(status);
        if (status != 200)
        {
            (await DetailAsync(response)).ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public async Task Body_that_grows_beyond_the_limit_when_decompressed_is_refused()
    {
        using var content = new ByteArrayContent(Compressed(Encoding.ASCII.GetBytes($"{{\"name\":\"{new string('a', 40_000_000)}\"}}")));
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add("gzip");

        using var response = await _service.Http.PostAsync("/things", content, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    private static async Task<string> SlowAsync(CancellationToken gone)
    {
        await Task.Delay(TimeSpan.FromSeconds(1.6), gone);
        return "slow";
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response)
    {
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("detail").GetString()!;
    }

    private sealed record Thing(string Name);
}
