using System.CommandLine;
using Andi.Security;

namespace Andi.Cli.Tokens;

/// <summary><c>token</c>: a bearer token for development, signed with the key that the services read.</summary>
internal static class TokenCommand
{
    private static readonly string DefaultKeyFile = Path.Combine(".andi", "signing.key");

    public static Command Create()
    {
        var role = new Option<string>("--role") { Description = "The role that the token grants.", Required = true };
        role.AcceptOnlyFromAmong([.. Roles.All]);
        var scope = new Option<string?>("--scope") { Description = "The teacher, school, district or state that the role is for." };
        var expires = new Option<TimeSpan>("--expires")
        {
            Description = "How long the token is valid, as d.hh:mm:ss.",
            DefaultValueFactory = _ => TimeSpan.FromDays(30),
        };
        var keyFile = new Option<string?>("--key-file")
        {
            Description = $"The signing key, created if it does not exist; default: {DefaultKeyFile} here or above, which Andi makes when it starts.",
            HelpName = "file",
        };
        var command = new Command(
            "token", "Print a bearer token for development. Ends with 0 if it was printed, else with 1.") { role, scope, expires, keyFile };
        command.Validators.Add(result =>
        {
            if (result.GetResult(role) is not null && result.GetValue(role) is { } given && ScopeError(given, result.GetValue(scope)) is { } error)
            {
                result.AddError(error);
            }
        });
        expires.Validators.Add(result =>
        {
            if (!result.Implicit && result.GetValueOrDefault<TimeSpan>() <= TimeSpan.Zero)
            {
                result.AddError("--expires must be positive.");
            }
        });
        command.SetAction(arguments => Console.WriteLine(BearerToken.Create(
            arguments.GetValue(keyFile) is { } file ? SigningKey.ReadOrCreate(file) : SigningKey.Read(DefaultKey()),
            arguments.GetValue(role)!,
            arguments.GetValue(scope),
            TimeProvider.System.GetUtcNow() + arguments.GetValue(expires))));
        return command;
    }

    // A key that nobody reads would sign a token that nobody takes.
    private static string DefaultKey() => RunFileReader.FindFile(DefaultKeyFile)
        ?? throw new CommandFailure($"Found no {DefaultKeyFile} in this folder or above. Has Andi ever run here? Start it, or name a key by --key-file.");

    private static string? ScopeError(string role, string? scope) => role switch
    {
        Roles.Teacher or Roles.SchoolAdmin or Roles.DistrictAdmin or Roles.StateAdmin when scope is null => $"The role {role} needs --scope: the id it is for.",
        Roles.Analyst or Roles.Service or Roles.Admin when scope is not null => $"The role {role} has no scope.",
        _ => null,
    };
}
