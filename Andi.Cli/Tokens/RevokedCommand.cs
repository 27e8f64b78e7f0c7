using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Andi.Security;

namespace Andi.Cli.Tokens;

/// <summary><c>token revoked</c>: what is on the revocation list.</summary>
internal static class RevokedCommand
{
    public static Command Create()
    {
        var list = RevokeCommand.List();
        var json = new Option<bool>("--json") { Description = "Answer as JSON." };
        var command = new Command("revoked", "List the revoked tokens by id, with when they end anyway. Ends with 0, or with 1 if the list cannot be read.")
        {
            list, json,
        };
        command.SetAction(arguments =>
        {
            var file = RevokeCommand.File(arguments.GetValue(list));
            var entries = File.Exists(file) || arguments.GetValue(list) is not null ? RevocationFile.Read(file) : [];
            var output = arguments.InvocationConfiguration.Output;
            if (arguments.GetValue(json))
            {
                output.WriteLine(JsonSerializer.Serialize(entries, JsonSerializerOptions.Web));
                return;
            }

            foreach (var entry in entries)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entry.Jti}  until {entry.Expires.UtcDateTime:u}"));
            }

            if (entries.Count == 0)
            {
                output.WriteLine("No token is revoked.");
            }
        });
        return command;
    }
}
