using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Andi.UnitTests.ServiceDefaults;

/// <summary>What the server cannot read as a request is answered with a problem document as well, and by nothing else.</summary>
public sealed class UnreadableRequestsTests : IAsyncLifetime
{
    private const string Tail = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    private RunningService _service = null!;

    public async ValueTask InitializeAsync() => _service = await StartAsync("http://127.0.0.1:0");

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Address_that_is_too_long() => await ShouldBeAsync(414, "longer than is allowed", $"GET /things?name={new string('a', 9_000)}{Tail}");

    [Fact]
    public async Task Header_that_is_too_long() =>
        await ShouldBeAsync(431, "The headers", $"GET /things HTTP/1.1\r\nHost: x\r\nX-Long: {new string('a', 33_000)}\r\n\r\n");

    [Fact]
    public async Task Headers_that_are_too_many() =>
        await ShouldBeAsync(
            431, "The headers", $"GET /things HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 101).Select(n => $"X-{n}: 1\r\n"))}\r\n");

    [Theory]
    [InlineData("/%00")]
    [InlineData("/things/a%00b")]
    public async Task Path_with_a_zero(string path) => await ShouldBeAsync(400, "target", $"GET {path}{Tail}");

    [Theory]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("GET things HTTP/1.1\r\nHost: x\r\n\r\n", 405)]
    [InlineData("GET /things HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /things HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400)]
    [InlineData("GET /things HTTP/1.1\r\nHost: x\r\nno header\r\n\r\n", 400)]
    [InlineData("GET /things HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", 400)]
    [InlineData("GET /things HTTP/7.5\r\nHost: x\r\n\r\n", 505)]
    [InlineData("POST /things HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: magic\r\n\r\n", 400)]
    public async Task No_http(string request, int status) => await ShouldBeAsync(status, "", request);

    [Fact]
    public async Task Nothing_that_was_sent_is_repeated() =>
        (await RawRequest.SendAsync(_service.Http.BaseAddress!, $"GET /<script>%00{Tail}")).ShouldNotContain("script>");

    [Fact]
    public async Task Body_of_the_oldest_http_without_a_length() => await ShouldBeAsync(400, "", "POST /things HTTP/1.0\r\n\r\nabc");

    [Fact]
    public async Task Request_behind_a_good_one_on_the_same_connection()
    {
        var answer = await RawRequest.SendAsync(_service.Http.BaseAddress!, $"GET /things HTTP/1.1\r\nHost: x\r\n\r\nGET /%00{Tail}");

        answer.ShouldStartWith("HTTP/1.1 200 OK");
        answer.Split("HTTP/1.1 ").Length.ShouldBe(3);
        answer.ShouldContain("HTTP/1.1 400 Bad Request");
        answer.ShouldEndWith("}");
    }

    [Fact]
    public async Task Over_tls()
    {
        using var authority = TestCertificates.Authority();
        using var certificate = TestCertificates.Server(authority);
        await using var service = await StartAsync(
            "https://127.0.0.1:0",
            builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate)));

        (await RawRequest.SendAsync(service.Http.BaseAddress!, $"GET /things{Tail}", certificate)).ShouldContain("Strict-Transport-Security: max-age=");
        var (status, _) = await RawRequest.ProblemAsync(service.Http.BaseAddress!, $"GET /%00{Tail}", certificate);
        status.ShouldBe(400);
    }

    private static Task<RunningService> StartAsync(string address, Action<WebApplicationBuilder>? configure = null) => RunningService.StartAsync(
        configure ?? (_ => { }),
        app =>
        {
            app.MapGet("/things", () => "things");
            app.MapPost("/things", () => "made");
        },
        address);

    private async Task ShouldBeAsync(int status, string reason, string request)
    {
        var (answered, detail) = await RawRequest.ProblemAsync(_service.Http.BaseAddress!, request);
        answered.ShouldBe(status);
        detail.ShouldContain(reason);
    }
}
