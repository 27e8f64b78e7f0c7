using System.Security.Cryptography;
using System.Text;
using Andi.EmbeddedClickHouse.Errors;
using Microsoft.Extensions.Options;

namespace Andi.EmbeddedClickHouse.Security;

/// <summary>Lets in the one user with the one password.</summary>
internal sealed class PasswordCheck
{
    private readonly byte[] _expected;

    public PasswordCheck(IOptions<EmbeddedClickHouseOptions> options)
    {
        var (user, password) = (options.Value.User, options.Value.Password);
        if (string.IsNullOrEmpty(password))
        {
            File = PasswordFile.PathOf(options.Value);
            password = PasswordFile.ReadOrMake(File);
        }

        _expected = Digest(user, password);
    }

    /// <summary>Where the password was read from; null when configuration gave it.</summary>
    public string? File { get; }

    /// <summary>Throws error 516 unless the request carries the right user and password.</summary>
    public void Demand(HttpRequest request)
    {
        var given = Credentials.Of(request);
        if (!CryptographicOperations.FixedTimeEquals(Digest(given.User, given.Password), _expected))
        {
            throw ClickHouseException.Of(
                ErrorCode.AuthenticationFailed, $"{given.User}: Authentication failed: password is incorrect, or there is no user with such name.");
        }
    }

    /// <summary>Digests have one length, so that comparing takes the same time whatever was given.</summary>
    private static byte[] Digest(string user, string password) => SHA256.HashData(Encoding.UTF8.GetBytes($"{user.Length}:{user}{password}"));
}
