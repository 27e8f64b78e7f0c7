using System.Net;
using System.Text;
using System.Text.Json;
using Andi.Security;
using Andi.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Andi.UnitTests.ServiceDefaults;

/// <summary>A service whose tokens come from an OIDC provider, with a clock of its own for when keys are read.</summary>
public sealed class AuthorityTests : IAsyncLifetime
{
    private readonly MovedClock _clock = new();
    private Issuer _issuer = null!;
    private RunningService _service = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _issuer = await Issuer.StartAsync();
        _service = await ServiceAsync(_issuer.Address, _issuer.Certificates);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Tokens_signed_with_rsa_and_with_elliptic_curves_are_accepted()
    {
        var (rsa, ecdsa) = (_issuer.Rsa("r"), _issuer.Ecdsa("e"));
        _issuer.Keys.AddRange([rsa, ecdsa]);

        (await StatusAsync(_issuer.Token(rsa))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(_issuer.Token(ecdsa, SecurityAlgorithms.EcdsaSha256))).ShouldBe(HttpStatusCode.OK);
        _issuer.Reads.ShouldBe(1);
    }

    [Fact]
    public async Task New_key_is_accepted_at_once_and_the_one_it_replaces_no_longer()
    {
        var (old, replacement) = (_issuer.Rsa("old"), _issuer.Rsa("new"));
        _issuer.Keys.Add(old);
        var earlier = _issuer.Token(old);
        (await StatusAsync(earlier)).ShouldBe(HttpStatusCode.OK);

        _issuer.Keys[0] = replacement;
        _clock.Advance(AuthorityKeys.ReadAgainAfter);

        (await StatusAsync(_issuer.Token(replacement))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(earlier)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Withdrawn_key_is_refused_though_no_other_takes_its_place()
    {
        var (withdrawn, other) = (_issuer.Rsa("withdrawn"), _issuer.Rsa("other"));
        _issuer.Keys.AddRange([withdrawn, other]);
        var token = _issuer.Token(withdrawn);
        (await StatusAsync(token)).ShouldBe(HttpStatusCode.OK);

        _issuer.Keys.Remove(withdrawn);
        _clock.Advance(AuthorityKeys.ReadEvery);

        // The keys are read beside the request that finds them too old.
        for (var attempt = 0; attempt < 100 && await StatusAsync(token) == HttpStatusCode.OK; attempt++)
        {
            await Task.Delay(20, Cancellation);
        }

        (await StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(_issuer.Token(other))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Invented_keys_do_not_have_the_provider_asked_for_each()
    {
        _issuer.Keys.Add(_issuer.Rsa("known"));
        (await StatusAsync(_issuer.Token(_issuer.Keys[0]))).ShouldBe(HttpStatusCode.OK);
        var invented = _issuer.Rsa("invented");

        for (var number = 0; number < 20; number++)
        {
            invented.KeyId = $"invented-{number}";
            (await StatusAsync(_issuer.Token(invented))).ShouldBe(HttpStatusCode.Unauthorized);
        }

        _issuer.Reads.ShouldBe(1);
        _clock.Advance(AuthorityKeys.ReadAgainAfter);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StatusAsync(_issuer.Token(invented))));
        _issuer.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task Tokens_for_others_by_others_and_of_another_time_are_refused()
    {
        var key = _issuer.Rsa("r");
        _issuer.Keys.Add(key);
        async Task ShouldBeRefusedAsync(Action<SecurityTokenDescriptor> change)
        {
            var descriptor = _issuer.Descriptor(key);
            change(descriptor);
            (await StatusAsync(Issuer.Signed(descriptor))).ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await StatusAsync(_issuer.Token(key))).ShouldBe(HttpStatusCode.OK);
        await ShouldBeRefusedAsync(token => token.Audience = "somebody-else");
        await ShouldBeRefusedAsync(token => token.Audience = null);
        await ShouldBeRefusedAsync(token => token.Issuer = "https://login.example");
        await ShouldBeRefusedAsync(token => token.NotBefore = DateTime.UtcNow.AddMinutes(10));
        await ShouldBeRefusedAsync(token =>
            (token.IssuedAt, token.NotBefore, token.Expires) = (DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddMinutes(-1)));
        await ShouldBeRefusedAsync(token => token.SigningCredentials = null);
    }

    [Fact]
    public async Task Public_key_used_as_a_secret_signs_nothing()
    {
        var key = _issuer.Rsa("r");
        _issuer.Keys.Add(key);
        byte[][] secrets =
        [
            key.Rsa.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(key.Rsa.ExportSubjectPublicKeyInfoPem()), key.Rsa.ExportRSAPublicKey(),
            Encoding.ASCII.GetBytes(key.Rsa.ExportRSAPublicKeyPem()), key.Rsa.ExportParameters(false).Modulus!,
        ];

        foreach (var secret in secrets)
        {
            var forged = _issuer.Token(new SymmetricSecurityKey(secret) { KeyId = "r" }, SecurityAlgorithms.HmacSha256);
            (await StatusAsync(forged)).ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task Key_of_another_name_or_from_another_place_is_not_taken()
    {
        var (first, second) = (_issuer.Rsa("first"), _issuer.Rsa("second"));
        _issuer.Keys.AddRange([first, second]);
        await using var elsewhere = await Issuer.StartAsync();
        var foreign = elsewhere.Rsa("first");
        elsewhere.Keys.Add(foreign);

        // Signed with the second, naming the first; then with a foreign one of a known name that says where its key is to be had.
        var secondAsFirst = _issuer.Descriptor(second);
        secondAsFirst.SigningCredentials.Key.KeyId = "first";
        (await StatusAsync(Issuer.Signed(secondAsFirst))).ShouldBe(HttpStatusCode.Unauthorized);
        second.KeyId = "second";
        foreach (var header in new[] { "jku", "x5u" })
        {
            var descriptor = _issuer.Descriptor(foreign);
            descriptor.AdditionalHeaderClaims = new Dictionary<string, object> { [header] = $"{elsewhere.Address}/keys" };
            (await StatusAsync(Issuer.Signed(descriptor))).ShouldBe(HttpStatusCode.Unauthorized);
        }

        elsewhere.Reads.ShouldBe(0);
    }

    [Fact]
    public async Task Provider_that_does_not_answer_makes_the_service_unavailable_and_unhealthy()
    {
        var key = _issuer.Rsa("r");
        _issuer.Keys.Add(key);
        await using var alone = await ServiceAsync("https://127.0.0.1:1", _issuer.Certificates);

        using var response = await alone.GetAsync("/things", _issuer.Token(key));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
        (await DetailAsync(response)).ShouldContain("does not answer");
        using var anonymous = await alone.GetAsync("/things", null);
        anonymous.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var health = await alone.GetAsync("/health", null);
        health.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await health.Content.ReadAsStringAsync(Cancellation)).ShouldContain("no token can be checked");
    }

    [Fact]
    public async Task Provider_that_answers_later_is_asked_again()
    {
        var key = _issuer.Rsa("r");
        (await StatusAsync(_issuer.Token(key))).ShouldBe(HttpStatusCode.ServiceUnavailable);

        _issuer.Keys.Add(key);
        (await StatusAsync(_issuer.Token(key))).ShouldBe(HttpStatusCode.ServiceUnavailable);
        _clock.Advance(AuthorityKeys.FirstReadAgainAfter);

        (await StatusAsync(_issuer.Token(key))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Provider_with_a_certificate_of_another_authority_or_another_name_is_not_believed()
    {
        var key = _issuer.Rsa("r");
        _issuer.Keys.Add(key);
        await using var other = await Issuer.StartAsync();
        await using var distrusting = await ServiceAsync(_issuer.Address, other.Certificates);
        await using var system = await ServiceAsync(_issuer.Address, null);

        (await StatusAsync(_issuer.Token(key), distrusting)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StatusAsync(_issuer.Token(key), system)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        _issuer.Name = "https://login.example";
        (await StatusAsync(_issuer.Token(key))).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("http://login.example", null, "https")]
    [InlineData("login.example", null, "https")]
    [InlineData("https://login.example", "/nowhere/ca.pem", "cannot be read")]
    public async Task Wrong_setting_ends_the_start(string authority, string? certificates, string reason)
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(() => ServiceAsync(authority, certificates));
        failure.Message.ShouldContain(reason);
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response)
    {
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("detail").GetString()!;
    }

    private Task<RunningService> ServiceAsync(string authority, string? certificates) => RunningService.StartAsync(
        builder =>
        {
            builder.Configuration[SettingNames.SigningKeyFile] = null;
            builder.Configuration[SettingNames.Authority] = authority;
            builder.Configuration["Security:AuthorityCertificates"] = certificates;
            builder.Services.AddSingleton<TimeProvider>(_clock);
        },
        app => app.MapGet("/things", () => "things").RequireAuthorization().Needs(Actions.Read, "things"));

    private async Task<HttpStatusCode> StatusAsync(string token, RunningService? service = null)
    {
        using var response = await (service ?? _service).GetAsync("/things", token);
        return response.StatusCode;
    }
}

/// <summary>The system's time, moved on as far as a test wants. Timers run as they do.</summary>
internal sealed class MovedClock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);
}
