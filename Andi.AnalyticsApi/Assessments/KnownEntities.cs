using System.Collections.Concurrent;
using Andi.AnalyticsApi.Answers;

namespace Andi.AnalyticsApi.Assessments;

/// <summary>Entities as they were found, until a row of their own table changes: scores that come in leave the names of tests and teachers as they are.</summary>
internal sealed class KnownEntities
{
    private const int MostOfAKind = 50_000;

    private readonly ConcurrentDictionary<string, RowsCache<object>> _kinds = new(StringComparer.Ordinal);

    /// <summary>All districts, by id.</summary>
    public RowsCache<IReadOnlyDictionary<string, District>> Districts { get; } = new(1, (_, _) => 1);

    public RowsCache<object> Of<T>(EntityKind<T> kind) => _kinds.GetOrAdd(kind.Thing, _ => new RowsCache<object>(MostOfAKind, (_, _) => 1));
}
