using System.CommandLine;
using System.Globalization;
using Andi.Security;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Andi.Cli.Tokens;

/// <summary><c>token revoke</c>: puts a token on the revocation list, which services see within a second.</summary>
internal static class RevokeCommand
{
    public static Command Create()
    {
        var token = new Argument<string>("token") { Description = "The token, or its id (jti)." };
        var list = List();
        var command = new Command("revoke", "Revoke a token: services refuse it within a second. Ends with 0 if it is on the list, else with 1.")
        {
            token, list,
        };
        command.SetAction(arguments =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var entry = Entry(arguments.GetValue(token)!, now);
            var file = File(arguments.GetValue(list));
            RevocationFile.Add(file, entry, now);
            arguments.InvocationConfiguration.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Revoked {entry.Jti} in {file}, until {entry.Expires.UtcDateTime:u} when it ends anyway."));
        });
        return command;
    }

    /// <summary>The option that names the file.</summary>
    public static Option<string?> List() => new("--list")
    {
        Description = $"The revocation list; default: {RevocationFile.Name} beside the signing key in .andi, here or above.",
        HelpName = "file",
    };

    /// <summary>The file that the option names, or the nearest state folder's.</summary>
    /// <exception cref="CommandFailure">There is no state folder.</exception>
    public static string File(string? given) => given ?? Path.Combine(Path.GetDirectoryName(TokenCommand.DefaultKey())!, RevocationFile.Name);

    // Of an id alone it is not known when its token ends: not later than a token of today.
    private static RevokedToken Entry(string text, DateTimeOffset now)
    {
        if (text.Count(letter => letter == '.') != 2)
        {
            return text.Length is > 0 and <= 500 && !text.Any(char.IsControl) && !string.IsNullOrWhiteSpace(text)
                ? new RevokedToken(text, now + BearerToken.MaxLifetime)
                : throw new CommandFailure("An id of a token (jti) has 1 to 500 characters, none of them a control character.");
        }

        try
        {
            var token = new JsonWebToken(text);
            return token is { Id.Length: > 0 } && token.ValidTo > DateTime.MinValue
                ? new RevokedToken(token.Id, new DateTimeOffset(token.ValidTo, TimeSpan.Zero))
                : throw new CommandFailure("The token has no id (jti) or no end (exp): services refuse it anyway.");
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            throw new CommandFailure("That is neither a token nor its id.");
        }
    }
}
