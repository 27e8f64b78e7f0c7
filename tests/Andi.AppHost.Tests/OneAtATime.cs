using Andi.AppHost.Tests;
using Andi.Testing;

[assembly: AssemblyFixture(typeof(OneAtATime))]
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Andi.AppHost.Tests;

/// <summary>Holds the topology lock while this assembly's tests start and stop hosts.</summary>
public sealed class OneAtATime : IAsyncLifetime
{
    private IDisposable? _lock;

    public async ValueTask InitializeAsync() => _lock = await TopologyLock.TakeAsync(CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        _lock?.Dispose();
        return ValueTask.CompletedTask;
    }
}
