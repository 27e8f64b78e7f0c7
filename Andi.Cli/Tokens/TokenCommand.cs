using System.CommandLine;
using Andi.Security;

namespace Andi.Cli.Tokens;

/// <summary><c>token</c>: a bearer token for development, signed with the key that the services read; <c>token revoke</c> and <c>token revoked</c>.</summary>
internal static class TokenCommand
{
    private const int MaxSubject = 200;

    private static readonly string DefaultKeyFile = Path.Combine(".andi", "signing.key");

    public static Command Create()
    {
        var role = new Option<string>("--role") { Description = "The role that the token grants.", Required = true };
        role.AcceptOnlyFromAmong([.. Roles.All]);
        var scope = new Option<string?>("--scope") { Description = "The teacher, school, district or state that the role is for." };
        var subject = new Option<string?>("--subject")
        {
            Description = "Whom the token is for (sub): limits and the audit tell callers apart by it; default: the role, with its scope behind a colon.",
        };
        var expires = TokenLifetime.Option();
        var keyFile = new Option<string?>("--key-file")
        {
            Description = $"The signing key, created if it does not exist; default: {DefaultKeyFile} here or above, which Andi makes when it starts.",
            HelpName = "file",
        };
        var command = new Command("token", "Print a bearer token for development. Ends with 0 if it was printed, else with 1.")
        {
            role, scope, subject, expires, keyFile, RevokeCommand.Create(), RevokedCommand.Create(),
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(role) is not null && result.GetValue(role) is { } given
                && RoleScopes.ReasonAgainst(given, result.GetValue(scope)) is { } reason)
            {
                result.AddError($"--scope: {reason}");
            }
        });
        subject.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } given
                && (string.IsNullOrWhiteSpace(given) || given.Length > MaxSubject || given.Any(char.IsControl)))
            {
                result.AddError($"--subject must have 1 to {MaxSubject} characters, none of them a control character.");
            }
        });
        command.SetAction(arguments => arguments.InvocationConfiguration.Output.WriteLine(BearerToken.Create(
            arguments.GetValue(keyFile) is { } file ? SigningKey.ReadOrCreate(file) : SigningKey.Read(DefaultKey()),
            arguments.GetValue(role)!,
            arguments.GetValue(scope),
            TimeProvider.System.GetUtcNow() + arguments.GetValue(expires),
            arguments.GetValue(subject))));
        return command;
    }

    /// <summary>The key of the nearest state folder: this folder's or the nearest one's above it.</summary>
    /// <exception cref="CommandFailure">There is none. A key that nobody reads would sign a token that nobody takes.</exception>
    public static string DefaultKey() => RunFileReader.FindFile(DefaultKeyFile)
        ?? throw new CommandFailure($"Found no {DefaultKeyFile} in this folder or above. Has Andi ever run here? Start it, or name a key by --key-file.");
}
