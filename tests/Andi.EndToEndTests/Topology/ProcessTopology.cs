using Andi.AppHost.Native;

namespace Andi.EndToEndTests.Topology;

/// <summary>The topology as plain processes.</summary>
internal static class StartedTopology
{
    public static async Task<IAsyncDisposable> StartAsync(string stateFolder, CancellationToken cancellationToken) =>
        await NativeTopology.StartAsync(new NativeTopologyOptions { StateFolder = stateFolder }, cancellationToken);
}
