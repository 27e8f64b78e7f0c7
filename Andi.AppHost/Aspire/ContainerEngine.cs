using System.Security.Cryptography;
using System.Text;
using Andi.AppHost.Engines;
using Andi.AppHost.State;
using Andi.Topology;

namespace Andi.AppHost.AspireHosting;

/// <summary>Docker or Podman, where one answers.</summary>
internal static class ContainerEngine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string[] Stores = [ResourceNames.Postgres, ConnectionNames.Kafka, ResourceNames.ClickHouse];

    /// <summary>Whether the stores are to be containers.</summary>
    /// <exception cref="TopologyException">Containers were asked for, and no container engine answers.</exception>
    public static async Task<bool> IsWantedAsync(StoreKind stores, CancellationToken cancellationToken) => stores switch
    {
        StoreKind.Native => false,
        StoreKind.Auto => await FindAsync(cancellationToken) is not null,
        _ => await FindAsync(cancellationToken) is not null
            ? true
            : throw new TopologyException("No container engine answers. Start Docker or Podman, or leave --engines containers off to run native engines."),
    };

    /// <summary>The volume of a store: of this state folder's own, so that clones and tests do not share data. Null, which lets Aspire name it, when publishing.</summary>
    public static string? Volume(StateFolder? state, string store) =>
        state is null ? null : $"andi-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state.Root)))[..12]}-{store}";

    public static async Task WipeVolumesAsync(StateFolder state, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } engine)
        {
            foreach (var store in Stores)
            {
                // A volume that is not there is as good as removed.
                await Command.RunAsync([engine, "volume", "rm", "--force", Volume(state, store)!], "/", cancellationToken);
            }
        }
    }

    private static async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        var chosen = Environment.GetEnvironmentVariable("ASPIRE_CONTAINER_RUNTIME");
        foreach (var engine in string.IsNullOrEmpty(chosen) ? ["docker", "podman"] : (string[])[chosen])
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            try
            {
                var (exitCode, _) = await Command.RunAsync([engine, "ps", "--quiet"], "/", patience.Token);
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
