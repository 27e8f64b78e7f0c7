using System.Security.Cryptography;
using System.Text;
using Andi.AppHost.State;
using Andi.Topology;

namespace Andi.AppHost.Engines;

/// <summary>What the stores run as where no connection string names one of the user's own.</summary>
internal enum EngineKind
{
    /// <summary>Containers where a container engine answers, else native engines.</summary>
    Auto,
    Containers,
    Native,
}

/// <summary>Docker or Podman, where one answers.</summary>
internal static class ContainerEngine
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private static readonly string[] Stores = [ResourceNames.Postgres, ConnectionNames.Kafka, ResourceNames.ClickHouse];

    /// <summary>Whether the stores are to be containers.</summary>
    /// <exception cref="StartException">Containers were asked for, and no container engine answers.</exception>
    public static async Task<bool> IsWantedAsync(EngineKind engines, CancellationToken cancellationToken) => engines switch
    {
        EngineKind.Native => false,
        EngineKind.Auto => await FindAsync(cancellationToken) is not null,
        _ => await FindAsync(cancellationToken) is not null
            ? true
            : throw new StartException("No container engine answers. Start Docker or Podman, or leave --engines containers off to run native engines."),
    };

    /// <summary>The name of a store's volume: of this state folder's own.</summary>
    public static string Volume(StateFolder state, string store) =>
        $"andi-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state.Root)))[..12]}-{store}";

    public static async Task WipeVolumesAsync(StateFolder state, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } engine)
        {
            return;
        }

        foreach (var store in Stores)
        {
            // A volume that is not there is as good as removed.
            await Command.RunAsync([engine, "volume", "rm", "--force", Volume(state, store)], "/", cancellationToken);
        }
    }

    private static async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        var chosen = Environment.GetEnvironmentVariable("ASPIRE_CONTAINER_RUNTIME");
        foreach (var engine in string.IsNullOrEmpty(chosen) ? ["docker", "podman"] : (string[])[chosen])
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(Timeout);
            try
            {
                var (exitCode, _) = await Command.RunAsync([engine, "ps", "--quiet"], "/", timeout.Token);
                if (exitCode == 0)
                {
                    return engine;
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // It is there and hangs: of no use.
            }
        }

        return null;
    }
}
