using Microsoft.Extensions.Options;

namespace Andi.EmbeddedClickHouse.Engine;

/// <summary>
/// Tells running statements to end when a shutdown has given them their time. Kestrel takes no new requests meanwhile and waits for the running ones.
/// </summary>
internal sealed class ServerStop : IDisposable
{
    private readonly CancellationTokenSource _now = new();
    private readonly CancellationTokenRegistration _onStopping;

    public ServerStop(IHostApplicationLifetime lifetime, IOptions<EmbeddedClickHouseOptions> options)
    {
        Now = _now.Token;
        _onStopping = lifetime.ApplicationStopping.Register(() => _now.CancelAfter(options.Value.DrainTimeout));
    }

    /// <summary>Cancelled when statements must end now.</summary>
    public CancellationToken Now { get; }

    public void Dispose()
    {
        _onStopping.Dispose();
        _now.Dispose();
    }
}
