using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;

namespace Andi.UnitTests.ServiceDefaults;

public sealed partial class ApiDocumentationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_and_its_scripts_come_from_the_service_itself()
    {
        await using var service = await StartAsync();

        var page = await service.Http.GetStringAsync("/docs/", Cancellation);

        page.ShouldNotContain("https://");
        var scripts = Scripts().Matches(page).Select(match => match.Groups["address"].Value).ToList();
        scripts.ShouldNotBeEmpty();
        foreach (var script in scripts)
        {
            using var response = await service.Http.GetAsync(new Uri(new Uri(service.Http.BaseAddress!, "/docs/"), script), Cancellation);
            response.EnsureSuccessStatusCode();
            response.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        }
    }

    [Fact]
    public async Task Document_has_a_bearer_scheme_that_every_operation_needs()
    {
        await using var service = await StartAsync();

        var document = await service.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancellation);

        var scheme = document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer");
        (scheme.GetProperty("type").GetString(), scheme.GetProperty("scheme").GetString()).ShouldBe(("http", "bearer"));
        document.GetProperty("security")[0].TryGetProperty("bearer", out _).ShouldBeTrue();
    }

    private static Task<RunningService> StartAsync() =>
        RunningService.StartAsync(_ => { }, app => app.MapGet("/v1/things", () => "things").RequireAuthorization());

    [GeneratedRegex("""<script[^>]*\ssrc="(?<address>[^"]+)"|\bimport\s[^"'\n]*["'](?<address>[^"']+\.js)["']""")]
    private static partial Regex Scripts();
}
