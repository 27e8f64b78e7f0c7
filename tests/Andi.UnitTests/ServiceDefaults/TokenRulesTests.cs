using System.Net;
using System.Text.Json;
using Andi.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Andi.UnitTests.ServiceDefaults;

/// <summary>Tokens that are signed as they should be, and say too little, too much or what was taken back.</summary>
public sealed class TokenRulesTests : IAsyncLifetime
{
    private readonly MovedClock _clock = new();
    private RunningService _service = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string List => Path.Combine(Path.GetDirectoryName(_service.KeyFile)!, RevocationFile.Name);

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(
        builder => builder.Services.AddSingleton<TimeProvider>(_clock),
        app => app.MapGet("/things", () => "things").RequireAuthorization(policy => policy.RequireRole(Roles.Admin, Roles.Teacher, Roles.Analyst)));

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData("""{"sub":"s","jti":"j","role":"admin"}""", null)]
    [InlineData("""{"sub":"s","jti":"j","role":"teacher","scope_id":"T1"}""", null)]
    [InlineData("""{"sub":"s","jti":"j","role":"analyst","scope_id":"D1"}""", null)]
    [InlineData("""{"sub":"s","jti":"j","role":["admin"]}""", null)]
    [InlineData("""{"jti":"j","role":"admin"}""", "no subject")]
    [InlineData("""{"sub":"","jti":"j","role":"admin"}""", "no subject")]
    [InlineData("""{"sub":"s","role":"admin"}""", "no id")]
    [InlineData("""{"sub":"s","jti":"","role":"admin"}""", "no id")]
    [InlineData("""{"sub":"s","jti":"j","role":["admin","teacher"]}""", "more than one role")]
    [InlineData("""{"sub":"s","jti":"j","role":"teacher","scope_id":["T1","T2"]}""", "more than one scope_id")]
    [InlineData("""{"sub":"s","jti":"j","role":"teacher"}""", "needs a scope")]
    [InlineData("""{"sub":"s","jti":"j","role":"school_admin","scope_id":" "}""", "needs a scope")]
    [InlineData("""{"sub":"s","jti":"j","role":"admin","scope_id":"S1"}""", "has no scope")]
    public async Task Token_needs_a_subject_an_id_and_one_role_with_its_scope(string claims, string? reason)
    {
        using var response = await _service.GetAsync("/things", Signed(claims));

        response.StatusCode.ShouldBe(reason is null ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
        if (reason is not null)
        {
            response.Headers.WwwAuthenticate.ToString().ShouldContain(reason);
            (await DetailAsync(response)).ShouldContain(reason);
        }
    }

    [Theory]
    [InlineData("""{"sub":"s","jti":"j"}""")]
    [InlineData("""{"sub":"s","jti":"j","role":"headmaster"}""")]
    [InlineData("""{"sub":"s","jti":"j","role":"Admin"}""")]
    [InlineData("""{"sub":"s","jti":"j","role":{"admin":true}}""")]
    public async Task Token_without_a_role_that_there_is_may_do_nothing(string claims)
    {
        using var response = await _service.GetAsync("/things", Signed(claims));

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Token_of_development_that_was_made_for_longer_than_a_month_is_refused()
    {
        string Lasting(TimeSpan lifetime) => BearerToken.Create(SigningKey.Read(_service.KeyFile), Roles.Admin, null, DateTimeOffset.UtcNow + lifetime);

        using var longest = await _service.GetAsync("/things", Lasting(TimeSpan.FromDays(30)));
        using var longer = await _service.GetAsync("/things", Lasting(TimeSpan.FromDays(31)));

        longest.StatusCode.ShouldBe(HttpStatusCode.OK);
        longer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await DetailAsync(longer)).ShouldContain("30 days");
    }

    [Fact]
    public async Task Call_without_a_token_says_how_to_send_one()
    {
        using var response = await _service.GetAsync("/things", null);

        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await DetailAsync(response)).ShouldContain("Authorization: Bearer");
        using var nonsense = await _service.GetAsync("/things", "nonsense");
        (await DetailAsync(nonsense)).ShouldBe("The token is not valid.");
    }

    [Fact]
    public async Task Revoked_token_is_refused_a_second_later_and_others_are_not()
    {
        var (revoked, other) = (_service.Token(), _service.Token());
        (await StatusAsync(revoked)).ShouldBe(HttpStatusCode.OK);

        RevocationFile.Add(List, Entry(revoked), DateTimeOffset.UtcNow);
        _clock.Advance(TimeSpan.FromSeconds(1));

        using var response = await _service.GetAsync("/things", revoked);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await DetailAsync(response)).ShouldBe("The token was revoked.");
        (await StatusAsync(other)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task List_that_is_damaged_or_gone_revokes_what_it_did_and_is_reported()
    {
        var revoked = _service.Token();
        RevocationFile.Add(List, Entry(revoked), DateTimeOffset.UtcNow);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await StatusAsync(revoked)).ShouldBe(HttpStatusCode.Unauthorized);

        await File.WriteAllTextAsync(List, "no entry\n", Cancellation);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await StatusAsync(revoked)).ShouldBe(HttpStatusCode.Unauthorized);
        (await _service.Http.GetStringAsync("/health", Cancellation)).ShouldContain("line 1, is no entry");

        File.Delete(List);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await StatusAsync(revoked)).ShouldBe(HttpStatusCode.Unauthorized);
        (await _service.Http.GetStringAsync("/health", Cancellation)).ShouldContain("is gone");
    }

    [Fact]
    public async Task Service_does_not_start_with_a_list_that_it_cannot_read_or_find()
    {
        var file = Path.Combine(Path.GetDirectoryName(_service.KeyFile)!, "own.jsonl");
        Task<RunningService> StartAsync() => RunningService.StartAsync(builder => builder.Configuration["Security:RevocationFile"] = file, _ => { });

        (await Should.ThrowAsync<OptionsValidationException>(StartAsync)).Message.ShouldContain("is not there");
        await File.WriteAllTextAsync(file, """{"jti":"1"}""", Cancellation);
        (await Should.ThrowAsync<OptionsValidationException>(StartAsync)).Message.ShouldContain("line 1");
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("detail").GetString()!;

    private static RevokedToken Entry(string token) => new(new JsonWebToken(token).Id, DateTimeOffset.UtcNow.AddHours(1));

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var response = await _service.GetAsync("/things", token);
        return response.StatusCode;
    }

    private string Signed(string claims)
    {
        var payload = JsonSerializer.Deserialize<Dictionary<string, object>>(claims)!;
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        (payload["iss"], payload["aud"], payload["iat"], payload["nbf"], payload["exp"]) = ("andi", "andi", now, now, now + 600);
        return new JsonWebTokenHandler().CreateToken(
            JsonSerializer.Serialize(payload), new SigningCredentials(SigningKey.Read(_service.KeyFile), SecurityAlgorithms.HmacSha256));
    }
}
