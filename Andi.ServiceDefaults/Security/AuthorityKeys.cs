using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Andi.Security;

/// <summary>
/// The issuer and the signing keys that the OIDC provider publishes. They are read anew every hour, and when a token names a key that is not among them, but
/// for that at most twice a minute: whoever invents names of keys does not have the provider asked for each. A key that the provider has withdrawn is gone with
/// the next reading, which is why IdentityModel's own manager is not used: it goes on with the last keys that worked.
/// </summary>
internal sealed partial class AuthorityKeys(IOptions<SecurityOptions> security, TimeProvider time, ILogger<AuthorityKeys> logger)
    : IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    /// <summary>How old keys may be before they are read anew.</summary>
    public static readonly TimeSpan ReadEvery = TimeSpan.FromHours(1);

    /// <summary>How soon they may be read again for a key that is not among them, or after a reading that has failed.</summary>
    public static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(30);

    /// <summary>The same while there are no keys at all.</summary>
    public static readonly TimeSpan FirstReadAgainAfter = TimeSpan.FromSeconds(2);

    /// <summary>How long keys are used while the provider cannot be asked whether they still hold.</summary>
    public static readonly TimeSpan UsableFor = TimeSpan.FromHours(24);

    private readonly HttpClient _http = AuthorityConnection.Create(security.Value.AuthorityCertificates);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Known _known = new(null, DateTimeOffset.MinValue, DateTimeOffset.MinValue, null);

    /// <summary>What the last reading failed with; null where it did not.</summary>
    public string? Failure => _known.Failure;

    /// <summary>The keys, where there are any that may be used. What is due to be read is read before, if the named key is not known, else meanwhile.</summary>
    /// <param name="keyId">The key that a token names; null where it names none.</param>
    public async Task<OpenIdConnectConfiguration?> FindAsync(string? keyId, CancellationToken cancellationToken)
    {
        var known = _known;
        if (IsDue(known, keyId))
        {
            var reading = ReadAsync(keyId);
            if (!IsUsable(known) || !Has(known, keyId))
            {
                // The reading goes on for those who wait as well when this caller goes away.
                await reading.WaitAsync(cancellationToken);
            }
        }

        return IsUsable(_known) ? _known.Configuration : null;
    }

    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) =>
        await FindAsync(null, cancel) ?? throw new AuthorityUnavailableException();

    /// <summary>Nothing: whether keys are to be read anew is known before a token is checked.</summary>
    public void RequestRefresh()
    {
    }

    public void Dispose()
    {
        _http.Dispose();
        _reading.Dispose();
    }

    private static bool Has(Known known, string? keyId) => keyId is null || known.Configuration?.SigningKeys.Any(key => key.KeyId == keyId) == true;

    private bool IsUsable(Known known) => known.Configuration is not null && time.GetUtcNow() - known.ReadAt < UsableFor;

    private bool IsDue(Known known, string? keyId) => time.GetUtcNow() - known.TriedAt
        >= (known.Configuration is null ? FirstReadAgainAfter : known.Failure is not null || !Has(known, keyId) ? ReadAgainAfter : ReadEvery);

    private async Task ReadAsync(string? keyId)
    {
        await _reading.WaitAsync();
        try
        {
            if (IsDue(_known, keyId))
            {
                _known = await ReadAsync();
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<Known> ReadAsync()
    {
        var authority = security.Value.Authority!.TrimEnd('/');
        try
        {
            var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(
                $"{authority}/.well-known/openid-configuration", AuthorityConnection.Documents(_http), CancellationToken.None);
            if (configuration.Issuer?.TrimEnd('/') != authority)
            {
                throw new InvalidOperationException($"It calls itself '{configuration.Issuer}'.");
            }

            if (configuration.SigningKeys.Count == 0)
            {
                throw new InvalidOperationException("It publishes no key for signatures.");
            }

            LogRead(configuration.SigningKeys.Count, authority);
            return new Known(configuration, time.GetUtcNow(), time.GetUtcNow(), null);
        }
        catch (Exception exception)
        {
            // Whatever it answered: without its keys no token can be checked.
            LogUnavailable(exception, authority);
            return _known with { TriedAt = time.GetUtcNow(), Failure = (exception.InnerException ?? exception).Message };
        }
    }

    [LoggerMessage(6172, LogLevel.Information, "Read {Count} signing keys of the OIDC authority {Authority}")]
    private partial void LogRead(int count, string authority);

    [LoggerMessage(6173, LogLevel.Error, "The keys of the OIDC authority {Authority} cannot be read; without keys requests are answered 503")]
    private partial void LogUnavailable(Exception exception, string authority);

    private sealed record Known(OpenIdConnectConfiguration? Configuration, DateTimeOffset ReadAt, DateTimeOffset TriedAt, string? Failure);
}

/// <summary>There are no keys to check a token with: nothing is wrong with the token.</summary>
internal sealed class AuthorityUnavailableException() : Exception("The provider of the tokens does not answer, so that no token can be checked.");
