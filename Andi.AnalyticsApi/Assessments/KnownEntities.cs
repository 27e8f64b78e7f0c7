using System.Collections.Concurrent;
using Andi.AnalyticsApi.Freshness;
using Andi.Warehouse.Client;

namespace Andi.AnalyticsApi.Assessments;

/// <summary>Entities as they were found, until a row of their own table changes: scores that come in leave the names of tests and teachers as they are.</summary>
internal sealed class KnownEntities(ClickHouseClient warehouse, TimeProvider time, ILogger<KnownEntities> logger)
{
    private readonly ConcurrentDictionary<string, object> _kinds = new(StringComparer.Ordinal);

    public KnownKind<T> Of<T>(EntityKind<T> kind)
        where T : class =>
        (KnownKind<T>)_kinds.GetOrAdd(kind.Thing, _ => new KnownKind<T>(kind, warehouse, time, logger));

    /// <summary>The one of that id at what a request reads at; null where there is none.</summary>
    public Task<T?> FindAsync<T>(EntityKind<T> kind, string id, ReadState state, CancellationToken cancellationToken)
        where T : class =>
        Of(kind).FindAsync(state.Applied.RowsTag(kind.Table), state.Applied.Generation, id, cancellationToken);
}
