using System.Security.Cryptography;
using System.Text;
using Andi.AppHost.State;
using Andi.Topology;

namespace Andi.AppHost.Engines;

/// <summary>
/// Where the PostgreSQL server's programs and data lie. Normally in the clone and in the state folder. Under root the server runs as another
/// user, who cannot enter a private folder (a clone in root's home, say): then programs are copied, and data kept, where that user can get at them.
/// </summary>
internal sealed record PostgresPlace(string Programs, string Data, OtherUser? User)
{
    private const string ReachableCache = "/var/cache/andi";
    private const string ReachableData = "/var/lib/andi";

    public static async Task<PostgresPlace> MakeAsync(EngineFolder engines, StateFolder state, CancellationToken cancellationToken)
    {
        var data = state.Data(ResourceNames.Postgres);
        if (OtherUser.WhereRoot() is not { } user)
        {
            return new PostgresPlace(engines.Postgres, data, null);
        }

        var programs = OtherUser.CanRun(Path.Combine(engines.Postgres, "bin", "postgres")) ? engines.Postgres : await CopyProgramsAsync(engines, cancellationToken);
        if (!OtherUser.CanReach(state.DataRoot))
        {
            await RunAsync(["install", "-d", "-m", "755", ReachableData], cancellationToken);
            data = LinkedData(state, data);
        }

        if (!Directory.Exists(data))
        {
            await RunAsync(["install", "-d", "-m", "700", .. Owned(user), data], cancellationToken);
        }

        return new PostgresPlace(programs, data, user);
    }

    /// <summary>Writes a file that nobody but the server's user (and root) can read.</summary>
    public async Task WriteSecretAsync(string file, string content, CancellationToken cancellationToken)
    {
        await RunAsync(["install", "-m", "600", .. User is null ? [] : Owned(User), "/dev/null", file], cancellationToken);
        await File.WriteAllTextAsync(file, content, cancellationToken);
    }

    private static string[] Owned(OtherUser user) => ["-o", $"{user.UserId}", "-g", $"{user.GroupId}"];

    private static async Task<string> CopyProgramsAsync(EngineFolder engines, CancellationToken cancellationToken)
    {
        var lockFile = Encoding.UTF8.GetBytes(await File.ReadAllTextAsync(Path.Combine(engines.PostgresPackage, "package.json"), cancellationToken));
        var copy = Path.Combine(ReachableCache, $"postgres-{Hash(lockFile)}");
        if (!Directory.Exists(copy))
        {
            // Copied beside and renamed: two hosts at once do not see half a copy.
            var partial = $"{copy}.{Environment.ProcessId}";
            await RunAsync(["install", "-d", "-m", "755", ReachableCache], cancellationToken);
            await RunAsync(["cp", "-a", engines.Postgres, partial], cancellationToken);
            await RunAsync(["chmod", "-R", "a+rX", partial], cancellationToken);
            await RunAsync(["mv", "-T", "-n", partial, copy], cancellationToken);
        }

        return copy;
    }

    private static string LinkedData(StateFolder state, string link)
    {
        var data = Path.Combine(ReachableData, Hash(Encoding.UTF8.GetBytes(state.Root)));
        if (!Path.Exists(link) && new FileInfo(link).LinkTarget is null)
        {
            // Without the link this state folder is new, and what an earlier one of the same path left is not its data.
            if (Directory.Exists(data))
            {
                Directory.Delete(data, recursive: true);
            }

            File.CreateSymbolicLink(link, data);
        }

        return data;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];

    private static async Task RunAsync(IReadOnlyList<string> commandLine, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await Command.RunAsync(commandLine, "/", cancellationToken);
        if (exitCode != 0)
        {
            throw new TopologyException($"PostgreSQL, which refuses root, cannot be given a place another user can reach: {output}. Start the host as another user.");
        }
    }
}
