using System.Text.RegularExpressions;

namespace Andi.EmbeddedClickHouse.Security;

/// <summary>What of the users in the configuration cannot be.</summary>
internal static partial class AccessCheck
{
    public static IEnumerable<string> Failures(EmbeddedClickHouseOptions options)
    {
        if (!Name().IsMatch(options.User))
        {
            yield return $"ClickHouse:User is '{options.User}'; a user's name is made of letters, digits and underscores.";
        }

        foreach (var (name, user) in options.Users)
        {
            if (!Name().IsMatch(name) || name == options.User)
            {
                yield return $"ClickHouse:Users has '{name}'; a user's name is made of letters, digits and underscores, and is there once.";
            }

            if (!Digest().IsMatch(user.PasswordSha256))
            {
                yield return $"ClickHouse:Users:{name}:PasswordSha256 is not the SHA-256 of a password, 64 hexadecimal digits.";
            }

            if (user.Grants.Length == 0 || !user.Grants.All(Privilege().IsMatch))
            {
                yield return $"ClickHouse:Users:{name}:Grants are missing, or one of them does not read as 'SELECT ON database.*'.";
            }
        }

        foreach (var source in options.AllowedSources.Where(source => !Name().IsMatch(source)))
        {
            yield return $"ClickHouse:AllowedSources has '{source}'; a source is a word as FILE or URL.";
        }
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Name();

    [GeneratedRegex("^[0-9a-fA-F]{64}$")]
    private static partial Regex Digest();

    [GeneratedRegex(@"^[A-Za-z ,]+(\([A-Za-z0-9_, ]+\))? ON [A-Za-z0-9_.*]+$")]
    private static partial Regex Privilege();
}
