using System.Runtime.Versioning;
using Andi.EmbeddedClickHouse.Tests;

[assembly: AssemblyFixture(typeof(SharedServer))]
[assembly: SupportedOSPlatform("linux")]

namespace Andi.EmbeddedClickHouse.Tests;

/// <summary>The server that all tests use that need none of their own; each makes a database of its own in it.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private static int _lastDatabase;

    public ServerProcess Server { get; private set; } = null!;

    public ClickHouseClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await ServerProcess.StartAsync(null, ["ClickHouse:MaxConnections=8", .. NamedUsers.Options]);
        Client = Server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    public async Task<string> NewDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _lastDatabase)}";
        await Client.AskAsync($"CREATE DATABASE {name}");
        return name;
    }
}
