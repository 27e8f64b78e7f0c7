using Andi.Security;

namespace Andi.Cli;

/// <summary>Where the write API of a running Andi is, and a token for it.</summary>
internal sealed record RunningAndi(Uri Oltp, string Token)
{
    private const string UrlVariable = "services__oltp-api__http__0";
    private const string KeyVariable = "Security__SigningKeyFile";

    /// <summary>
    /// From what is given; else from the environment that a host gives its steps; else from <paramref name="runFile"/> or the <c>.andi/run.json</c> of this
    /// folder or the nearest one above it.
    /// </summary>
    /// <exception cref="CommandFailure">Neither says it.</exception>
    public static RunningAndi Find(string? url, string? token, string? runFile)
    {
        if (url is null && runFile is null)
        {
            url = Environment.GetEnvironmentVariable(UrlVariable);
        }

        if (token is null && runFile is null && Environment.GetEnvironmentVariable(KeyVariable) is { } key)
        {
            token = BearerToken.Create(SigningKey.Read(key), Roles.Admin, scopeId: null, TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1));
        }

        if (url is null || token is null)
        {
            var run = RunFile.Read(runFile ?? RunFile.Find("give --url and --token"));
            url ??= run.Oltp;
            token ??= run.Tokens?.GetValueOrDefault(Roles.Admin);
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var address) && token is not null
            ? new RunningAndi(address, token)
            : throw new CommandFailure($"The run file names no write API or no admin token (address: '{url}').");
    }
}
