using System.Text.Json;
using Andi.Security;

namespace Andi.Cli;

/// <summary>Where the write API of a running Andi is, and a token for it.</summary>
internal sealed record RunningAndi(Uri Oltp, string Token)
{
    private const string UrlVariable = "services__oltp-api__http__0";
    private const string KeyVariable = "Security__SigningKeyFile";
    private static readonly string RunFileName = Path.Combine(".andi", "run.json");

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
            var run = Read(runFile ?? FindRunFile());
            url ??= run.Oltp;
            token ??= run.Tokens?.GetValueOrDefault(Roles.Admin);
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var address) && token is not null
            ? new RunningAndi(address, token)
            : throw new CommandFailure($"The run file names no write API or no admin token (address: '{url}').");
    }

    private static string FindRunFile()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, RunFileName);
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw new CommandFailure($"No {RunFileName} here or above: is Andi running? Start it, or give --url and --token.");
    }

    private static RunFile Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<RunFile>(File.ReadAllText(file), JsonSerializerOptions.Web) ?? new RunFile(null, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CommandFailure($"{file} cannot be read: {exception.Message}");
        }
    }

    private sealed record RunFile(string? Oltp, Dictionary<string, string>? Tokens);
}
