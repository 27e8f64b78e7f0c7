using Andi.Warehouse.Client;

namespace Andi.AnalyticsApi.Freshness;

/// <summary>
/// The generation that readers see, looked up at most once a second: when the switch to another one is noticed late, positions of the old one are still
/// told, which is no error, as the new one had caught up with them before.
/// </summary>
internal sealed class CurrentGeneration(ClickHouseClient warehouse, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private volatile Known? _known;

    public async ValueTask<uint> ReadAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known && time.GetElapsedTime(known.At) < Lifetime)
        {
            return known.Generation;
        }

        var at = time.GetTimestamp();
        var generation = await warehouse.ScalarAsync<uint>(
            new("SELECT generation FROM ops.current_generation") { Name = "ops/current_generation", Timeout = TimeSpan.FromSeconds(5) }, cancellationToken);
        _known = new Known(generation, at);
        return generation;
    }

    private sealed record Known(uint Generation, long At);
}
