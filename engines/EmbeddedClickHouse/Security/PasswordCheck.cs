using System.Security.Cryptography;
using System.Text;
using Andi.EmbeddedClickHouse.Errors;
using Microsoft.Extensions.Options;

namespace Andi.EmbeddedClickHouse.Security;

/// <summary>Lets in whoever has the password of one of the users.</summary>
internal sealed class PasswordCheck
{
    private readonly Dictionary<string, (User User, byte[] Sha256)> _users;

    public PasswordCheck(IOptions<EmbeddedClickHouseOptions> options)
    {
        var (name, password) = (options.Value.User, options.Value.Password);
        if (string.IsNullOrEmpty(password))
        {
            File = PasswordFile.PathOf(options.Value);
            password = PasswordFile.ReadOrMake(File);
        }

        _users = options.Value.Users.ToDictionary(
            user => user.Key, user => (new User(user.Key, IsNamed: true, user.Value.ReadOnly), Convert.FromHexString(user.Value.PasswordSha256)));
        _users.Add(name, (new User(name, IsNamed: false, ReadOnly: false), Digest(password)));
    }

    /// <summary>Where the password was read from; null when configuration gave it.</summary>
    public string? File { get; }

    /// <summary>Throws error 516 unless the request carries a user and that user's password.</summary>
    public User Demand(HttpRequest request)
    {
        var given = Credentials.Of(request);
        var isKnown = _users.TryGetValue(given.User, out var expected);

        // Compared for an unknown name, too: the time tells nothing.
        var isRight = CryptographicOperations.FixedTimeEquals(Digest(given.Password), expected.Sha256 ?? new byte[SHA256.HashSizeInBytes]);
        return isKnown && isRight
            ? expected.User
            : throw ClickHouseException.Of(
                ErrorCode.AuthenticationFailed, $"{given.User}: Authentication failed: password is incorrect, or there is no user with such name.");
    }

    private static byte[] Digest(string password) => SHA256.HashData(Encoding.UTF8.GetBytes(password));
}
