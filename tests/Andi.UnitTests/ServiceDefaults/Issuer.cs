using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Andi.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Andi.UnitTests.ServiceDefaults;

/// <summary>An OIDC provider over TLS, with a certificate of a CA of its own: it publishes its description and its keys, and signs tokens.</summary>
internal sealed class Issuer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("andi-issuer-").FullName;
    private readonly List<AsymmetricAlgorithm> _algorithms = [];
    private WebApplication? _app;
    private int _reads;

    private Issuer()
    {
    }

    public string Address { get; private set; } = "https://127.0.0.1:1";

    /// <summary>What it calls itself; default: its address.</summary>
    public string? Name { get; set; }

    /// <summary>File of the CA's certificate.</summary>
    public string Certificates => Path.Combine(_folder, "ca.pem");

    /// <summary>What it publishes.</summary>
    public List<AsymmetricSecurityKey> Keys { get; } = [];

    /// <summary>How often its keys were read.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public static async Task<Issuer> StartAsync()
    {
        var issuer = new Issuer();
        using var authority = TestCertificates.Authority();
        var certificate = TestCertificates.Server(authority);
        await File.WriteAllTextAsync(issuer.Certificates, authority.ExportCertificatePem(), TestContext.Current.CancellationToken);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => new { issuer = issuer.Name ?? issuer.Address, jwks_uri = $"{issuer.Address}/keys" });
        app.MapGet("/keys", () =>
        {
            Interlocked.Increment(ref issuer._reads);
            return Results.Json(new { keys = issuer.Keys.Select(Published) });
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        issuer._app = app;
        issuer.Address = app.Urls.Single();
        return issuer;
    }

    /// <summary>Makes a key; it is not published by that.</summary>
    public RsaSecurityKey Rsa(string id)
    {
        var rsa = RSA.Create(2048);
        _algorithms.Add(rsa);
        return new RsaSecurityKey(rsa) { KeyId = id };
    }

    public ECDsaSecurityKey Ecdsa(string id)
    {
        var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _algorithms.Add(ecdsa);
        return new ECDsaSecurityKey(ecdsa) { KeyId = id };
    }

    /// <summary>What a token of this provider says; to be changed before it is signed.</summary>
    public SecurityTokenDescriptor Descriptor(SecurityKey? key, string algorithm = SecurityAlgorithms.RsaSha256) => new()
    {
        Issuer = Address,
        Audience = "andi",
        Claims = new Dictionary<string, object> { [ClaimNames.Role] = Roles.Admin, ["sub"] = "somebody", ["jti"] = Guid.NewGuid().ToString("N") },
        Expires = DateTime.UtcNow.AddHours(1),
        // Else a signature is kept with the key's id, which tests reuse.
        SigningCredentials = key is null
            ? null
            : new SigningCredentials(key, algorithm) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } },
    };

    public static string Signed(SecurityTokenDescriptor descriptor) => new JsonWebTokenHandler().CreateToken(descriptor);

    public string Token(SecurityKey key, string algorithm = SecurityAlgorithms.RsaSha256) => Signed(Descriptor(key, algorithm));

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        _algorithms.ForEach(algorithm => algorithm.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    private static object Published(AsymmetricSecurityKey key)
    {
        if (key is RsaSecurityKey rsa)
        {
            var own = rsa.Rsa.ExportParameters(includePrivateParameters: false);
            return new { kty = "RSA", use = "sig", kid = key.KeyId, n = Base64UrlEncoder.Encode(own.Modulus), e = Base64UrlEncoder.Encode(own.Exponent) };
        }

        var point = ((ECDsaSecurityKey)key).ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return new { kty = "EC", use = "sig", crv = "P-256", kid = key.KeyId, x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) };
    }
}

/// <summary>Certificates that nobody but a test trusts.</summary>
internal static class TestCertificates
{
    public static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Andi test CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    /// <summary>For 127.0.0.1.</summary>
    public static X509Certificate2 Server(X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(
            authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        using var whole = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
