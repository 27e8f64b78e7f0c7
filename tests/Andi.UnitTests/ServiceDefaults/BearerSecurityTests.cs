using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using Andi.Security;
using Andi.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Andi.UnitTests.ServiceDefaults;

/// <summary>A service over HTTP with the signing key of development.</summary>
public sealed class BearerSecurityTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("andi-tokens-").FullName;
    private readonly List<RunningService> _services = [];

    private string KeyFile => Path.Combine(_folder, "signing.key");

    private SymmetricSecurityKey Key => SigningKey.ReadOrCreate(KeyFile);

    private static DateTimeOffset InAnHour => DateTimeOffset.UtcNow.AddHours(1);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
        {
            await service.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Token_of_the_development_key_is_accepted_with_its_claims_under_their_own_names()
    {
        var service = await DevelopmentServiceAsync();
        var token = BearerToken.Create(Key, Roles.Admin, null, InAnHour);

        using var response = await GetAsync(service, token);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var claims = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n');
        claims.ShouldContain("role=admin");
        claims.ShouldContain("sub=admin");
    }

    [Fact]
    public void Token_names_its_subject_and_no_two_have_the_same_id()
    {
        var handler = new JsonWebTokenHandler();
        var first = handler.ReadJsonWebToken(BearerToken.Create(Key, Roles.Teacher, "t-1", InAnHour));
        var second = handler.ReadJsonWebToken(BearerToken.Create(Key, Roles.Teacher, "t-1", InAnHour));

        (first.Alg, first.Subject, first.GetClaim("scope_id").Value).ShouldBe(("HS256", "teacher:t-1", "t-1"));
        first.Id.ShouldNotBeNullOrEmpty();
        first.Id.ShouldNotBe(second.Id);
    }

    [Fact]
    public async Task Token_without_a_signature_is_refused()
    {
        var service = await DevelopmentServiceAsync();

        await ShouldBeRefusedAsync(service, Signed(Descriptor(null)));
    }

    [Fact]
    public async Task Token_of_another_algorithm_is_refused_though_the_key_is_right()
    {
        var longKey = new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(64));
        await File.WriteAllTextAsync(KeyFile, Convert.ToBase64String(longKey.Key), TestContext.Current.CancellationToken);
        var service = await DevelopmentServiceAsync();

        await ShouldBeAcceptedAsync(service, Signed(Descriptor(new SigningCredentials(longKey, SecurityAlgorithms.HmacSha256))));
        await ShouldBeRefusedAsync(service, Signed(Descriptor(new SigningCredentials(longKey, SecurityAlgorithms.HmacSha512))));
    }

    [Fact]
    public async Task Token_for_another_audience_is_refused()
    {
        var service = await DevelopmentServiceAsync();
        var descriptor = Descriptor(new SigningCredentials(Key, SecurityAlgorithms.HmacSha256));
        descriptor.Audience = "somebody-else";

        await ShouldBeRefusedAsync(service, Signed(descriptor));
    }

    [Fact]
    public async Task Token_that_has_expired_is_refused()
    {
        var service = await DevelopmentServiceAsync();
        var descriptor = Descriptor(new SigningCredentials(Key, SecurityAlgorithms.HmacSha256));
        descriptor.NotBefore = DateTime.UtcNow.AddHours(-2);
        descriptor.IssuedAt = descriptor.NotBefore;
        descriptor.Expires = DateTime.UtcNow.AddMinutes(-1);

        await ShouldBeRefusedAsync(service, Signed(descriptor));
    }

    [Fact]
    public async Task Token_with_a_critical_extension_is_refused()
    {
        var service = await DevelopmentServiceAsync();
        var descriptor = Descriptor(new SigningCredentials(Key, SecurityAlgorithms.HmacSha256));
        await ShouldBeAcceptedAsync(service, Signed(descriptor));
        descriptor.AdditionalHeaderClaims = new Dictionary<string, object> { ["crit"] = new[] { "exp" } };

        await ShouldBeRefusedAsync(service, Signed(descriptor));
    }

    private static SecurityTokenDescriptor Descriptor(SigningCredentials? credentials) => new()
    {
        Issuer = "andi",
        Audience = "andi",
        Claims = new Dictionary<string, object> { [ClaimNames.Role] = Roles.Admin, ["sub"] = "somebody", ["jti"] = "1" },
        Expires = DateTime.UtcNow.AddHours(1),
        SigningCredentials = credentials,
    };

    private static string Signed(SecurityTokenDescriptor descriptor) => new JsonWebTokenHandler().CreateToken(descriptor);

    private Task<RunningService> DevelopmentServiceAsync()
    {
        _ = Key;
        return ServiceAsync();
    }

    private async Task<RunningService> ServiceAsync()
    {
        var service = await RunningService.StartAsync(
            builder => builder.Configuration[SettingNames.SigningKeyFile] = KeyFile,
            app => app
                .MapGet("/claims", (ClaimsPrincipal user) => string.Join('\n', user.Claims.Select(claim => $"{claim.Type}={claim.Value}")))
                .RequireAuthorization().Needs(Actions.Read, "things"));
        _services.Add(service);
        return service;
    }

    private static async Task<HttpResponseMessage> GetAsync(RunningService service, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/claims");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task ShouldBeAcceptedAsync(RunningService service, string token)
    {
        using var response = await GetAsync(service, token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task ShouldBeRefusedAsync(RunningService service, string token)
    {
        using var response = await GetAsync(service, token);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
