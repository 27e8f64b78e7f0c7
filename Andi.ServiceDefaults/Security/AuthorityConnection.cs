using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.Protocols;

namespace Andi.Security;

/// <summary>The connection to the OIDC provider, over TLS only.</summary>
public static class AuthorityConnection
{
    private const int MaxDocumentBytes = 1024 * 1024;

    // Requests wait for it.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>A client that trusts the certificates in the file alone; without a file the system's. It follows no redirects.</summary>
    internal static HttpClient Create(string? certificates) =>
        new(Handler(certificates)) { Timeout = Timeout, MaxResponseContentBufferSize = MaxDocumentBytes };

    /// <summary>What such a client sends with.</summary>
    /// <exception cref="InvalidOperationException">The file cannot be read, or holds no certificate.</exception>
    public static SocketsHttpHandler Handler(string? certificates)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        if (certificates is not null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(ReadCertificates(certificates));
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        }

        return handler;
    }

    /// <summary>Reads documents over that client, and refuses addresses without https, the one of the keys included.</summary>
    internal static HttpDocumentRetriever Documents(HttpClient client) => new(client) { RequireHttps = true };

    /// <exception cref="InvalidOperationException">The file cannot be read, or holds no certificate.</exception>
    internal static X509Certificate2Collection ReadCertificates(string file)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(file);
            return found.Count > 0 ? found : throw new InvalidOperationException($"{file} holds no certificate (PEM).");
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The certificates in {file} cannot be read: {exception.Message}", exception);
        }
    }
}
