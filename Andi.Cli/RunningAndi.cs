using Andi.Security;

namespace Andi.Cli;

/// <summary>Where the APIs of a running Andi are, and a token for them.</summary>
/// <param name="Oltp">The write API.</param>
/// <param name="Analytics">The read API; null where nothing says it.</param>
/// <param name="Token">A bearer token for both.</param>
internal sealed record RunningAndi(Uri Oltp, Uri? Analytics, string Token)
{
    private const string UrlVariable = "services__oltp-api__http__0";
    private const string AnalyticsVariable = "services__analytics-api__http__0";
    private const string KeyVariable = "Security__SigningKeyFile";

    /// <summary>
    /// From what is given; else from the environment that a host gives its steps; else from <paramref name="runFile"/> or the <c>.andi/run.json</c> of this
    /// folder or the nearest one above it.
    /// </summary>
    /// <exception cref="CommandFailure">Neither says it.</exception>
    public static RunningAndi Find(string? url, string? token, string? runFile)
    {
        string? analytics = null;
        if (url is null && runFile is null)
        {
            url = Environment.GetEnvironmentVariable(UrlVariable);
            analytics = Environment.GetEnvironmentVariable(AnalyticsVariable);
        }

        if (token is null && runFile is null && Environment.GetEnvironmentVariable(KeyVariable) is { } key)
        {
            token = BearerToken.Create(SigningKey.Read(key), Roles.Admin, scopeId: null, TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1));
        }

        if (url is null || token is null)
        {
            var run = RunFileReader.Read(runFile ?? RunFileReader.Find("give --url and --token"));
            url ??= run.Oltp;
            analytics ??= run.Analytics;
            token ??= run.Tokens.Admin;
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var address) && token is not null
            ? new RunningAndi(address, Uri.TryCreate(analytics, UriKind.Absolute, out var reads) ? reads : null, token)
            : throw new CommandFailure($"The run file names no write API or no admin token (address: '{url}').");
    }
}
