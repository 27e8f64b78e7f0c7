using System.Net;
using Andi.Requests;
using Andi.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Andi.UnitTests.ServiceDefaults;

/// <summary>What an answer that goes on for long asks about its request: whether the token still holds, and whether anybody wants more than headers.</summary>
public sealed class LastingRequestTests : IAsyncLifetime
{
    private readonly MovedClock _clock = new();
    private RunningService _service = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(
        builder => builder.Services.AddSingleton<TimeProvider>(_clock),
        app => app.MapGet("/is-head", (HttpContext http) =>
        {
            http.Response.Headers["Is-Head"] = $"{http.IsHead()}";
            return "an answer";
        }));

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Token_is_accepted_until_it_is_revoked()
    {
        var request = Request(_service.Token());
        (await Watch.IsAcceptedAsync(request)).ShouldBeTrue();

        var revoked = new RevokedToken(new JsonWebToken(request.Request.Headers.Authorization.ToString()[7..]).Id, DateTimeOffset.UtcNow.AddHours(1));
        RevocationFile.Add(Path.Combine(Path.GetDirectoryName(_service.KeyFile)!, RevocationFile.Name), revoked, DateTimeOffset.UtcNow);
        _clock.Advance(TimeSpan.FromSeconds(1));

        (await Watch.IsAcceptedAsync(request)).ShouldBeFalse();
        (await Watch.IsAcceptedAsync(Request(_service.Token()))).ShouldBeTrue();
    }

    // Clocks may differ by half a minute.
    [Theory]
    [InlineData(-20, true)]
    [InlineData(-40, false)]
    public async Task Token_is_accepted_until_it_has_expired(int expiresInSeconds, bool accepted)
    {
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "andi",
            Audience = "andi",
            Claims = new Dictionary<string, object> { [ClaimNames.Role] = Roles.Admin, ["sub"] = "somebody", ["jti"] = "1" },
            IssuedAt = DateTime.UtcNow.AddHours(-1),
            NotBefore = DateTime.UtcNow.AddHours(-1),
            Expires = DateTime.UtcNow.AddSeconds(expiresInSeconds),
            SigningCredentials = new SigningCredentials(SigningKey.Read(_service.KeyFile), SecurityAlgorithms.HmacSha256),
        });
        (await Watch.IsAcceptedAsync(Request(token))).ShouldBe(accepted);
    }

    [Fact]
    public async Task Request_without_a_token_is_not_accepted() => (await Watch.IsAcceptedAsync(new DefaultHttpContext())).ShouldBeFalse();

    [Fact]
    public async Task Head_is_known_though_it_is_answered_as_get()
    {
        using var head = await _service.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/is-head"), Cancellation);
        using var get = await _service.Http.GetAsync("/is-head", Cancellation);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        (head.Headers.GetValues("Is-Head").Single(), get.Headers.GetValues("Is-Head").Single()).ShouldBe(("True", "False"));
    }

    private TokenWatch Watch => _service.Services.GetRequiredService<TokenWatch>();

    private static DefaultHttpContext Request(string token) => new() { Request = { Headers = { Authorization = $"Bearer {token}" } } };
}
