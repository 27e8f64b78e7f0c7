using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Andi.UnitTests.ServiceDefaults;

/// <summary>What browsers are told with every answer, and which pages they let in.</summary>
public sealed class SecurityHeadersTests
{
    private const string Origin = "https://app.example";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/things", HttpStatusCode.OK)]
    [InlineData("/alive", HttpStatusCode.OK)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/closed", HttpStatusCode.Unauthorized)]
    [InlineData("/failure", HttpStatusCode.InternalServerError)]
    [InlineData("/docs/", HttpStatusCode.OK)]
    public async Task Every_answer_has_them(string path, HttpStatusCode status)
    {
        await using var service = await StartAsync();

        using var response = await service.GetAsync(path, null);

        response.StatusCode.ShouldBe(status);
        Header(response, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(response, "Referrer-Policy").ShouldBe("no-referrer");
        Header(response, "X-Frame-Options").ShouldBe("DENY");
        Header(response, "Content-Security-Policy")!.ShouldContain("frame-ancestors 'none'");
        Header(response, "Content-Security-Policy")!.Contains("script-src").ShouldBe(path == "/docs/");
        Header(response, "Server").ShouldBeNull();
        Header(response, "Strict-Transport-Security").ShouldBeNull();
    }

    [Fact]
    public async Task Answer_to_a_caller_stays_in_no_cache_unless_it_says_how()
    {
        await using var service = await StartAsync();

        using var told = await service.GetAsync("/things", service.Token());
        using var refused = await service.GetAsync("/closed", "no token");
        using var kept = await service.GetAsync("/kept", service.Token());
        using var anybody = await service.GetAsync("/things", null);

        Header(told, "Cache-Control").ShouldBe("no-store");
        Header(refused, "Cache-Control").ShouldBe("no-store");
        Header(kept, "Cache-Control").ShouldBe("no-cache, private");
        Header(anybody, "Cache-Control").ShouldBeNull();
    }

    [Fact]
    public async Task Pages_of_other_origins_are_let_in_nowhere_by_default()
    {
        await using var service = await StartAsync();

        using var asked = await AskAsync(service, HttpMethod.Get, Origin);
        using var preflight = await AskAsync(service, HttpMethod.Options, Origin);

        asked.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        preflight.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task Pages_of_configured_origins_may_call_and_read_positions()
    {
        await using var service = await StartAsync(Origin);

        using var preflight = await AskAsync(service, HttpMethod.Options, Origin);
        using var asked = await AskAsync(service, HttpMethod.Get, Origin);
        using var refused = await AskAsync(service, HttpMethod.Get, Origin, "/closed");
        using var stranger = await AskAsync(service, HttpMethod.Get, "https://app.example.evil");

        preflight.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Header(preflight, "Access-Control-Allow-Origin").ShouldBe(Origin);
        Header(preflight, "Access-Control-Allow-Headers")!.ShouldContain("Authorization");
        Header(asked, "Access-Control-Allow-Origin").ShouldBe(Origin);
        Header(asked, "Access-Control-Allow-Credentials").ShouldBeNull();
        string[] exposed = Header(asked, "Access-Control-Expose-Headers")!.Split(',');
        exposed.ShouldBe(["Andi-Position", "ETag", "Retry-After", "Location"], ignoreOrder: true);
        // A page learns why it was refused.
        Header(refused, "Access-Control-Allow-Origin").ShouldBe(Origin);
        stranger.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://*.example")]
    [InlineData("app.example")]
    [InlineData("https://app.example/")]
    [InlineData("https://app.example/path")]
    [InlineData("https://APP.example")]
    [InlineData("https://app.example:443")]
    [InlineData("https://me@app.example")]
    [InlineData("file:///etc")]
    [InlineData("null")]
    public async Task What_is_no_origin_ends_the_start(string origin) =>
        (await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(origin))).Message.ShouldContain("Cors:Origins");

    private static Task<RunningService> StartAsync(string? origin = null) => RunningService.StartAsync(
        builder =>
        {
            if (origin is not null)
            {
                builder.Configuration["Cors:Origins:0"] = origin;
            }
        },
        app =>
        {
            app.MapGet("/things", () => "things");
            app.MapGet("/closed", () => "closed").RequireAuthorization();
            app.MapGet("/failure", string () => throw new InvalidDataException("A test."));
            app.MapGet("/kept", (HttpResponse response) =>
            {
                response.Headers.CacheControl = "private, no-cache";
                return "kept";
            });
        });

    private static async Task<HttpResponseMessage> AskAsync(RunningService service, HttpMethod method, string origin, string path = "/things")
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", origin);
        if (method == HttpMethod.Options)
        {
            request.Headers.Add("Access-Control-Request-Method", "GET");
            request.Headers.Add("Access-Control-Request-Headers", "authorization");
        }

        return await service.Http.SendAsync(request, Cancellation);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
