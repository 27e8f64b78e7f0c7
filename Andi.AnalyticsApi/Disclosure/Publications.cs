using System.Collections.Concurrent;
using System.Security.Cryptography;
using Andi.AnalyticsApi.Positions;
using Microsoft.Extensions.Options;

namespace Andi.AnalyticsApi.Disclosure;

/// <summary>The rows of a set of people as they are now, and the rule for them.</summary>
internal sealed record LiveSet(IReadOnlyCollection<LiveRow> Rows, GroupRule Rule);

/// <summary>Reads the sets of a publication as they are now, by name.</summary>
/// <param name="person">What stands for the person of an id.</param>
internal delegate Task<IReadOnlyDictionary<string, LiveSet>> ReadSets(Func<string, ulong> person, CancellationToken cancellationToken);

/// <summary>
/// What is told now. It is looked at anew when it is asked for, not more often than every <see cref="SmallGroupOptions.RefreshInterval"/> and only where rows
/// came meanwhile; what is made is told only once it is stored, so that every replica continues from it.
/// </summary>
internal sealed class Publications(PublicationStore store, IOptions<SmallGroupOptions> options, TimeProvider time)
{
    private const int MostKept = 1000;

    private readonly ConcurrentDictionary<(string Topic, string Key), Slot> _slots = new();

    /// <param name="topic">What kind of publication.</param>
    /// <param name="key">Which one.</param>
    /// <param name="state">What the request reads at.</param>
    /// <param name="read">Reads the rows at that.</param>
    public async Task<Publication> GetAsync(string topic, string key, ReadState state, ReadSets read, CancellationToken cancellationToken)
    {
        if (_slots.Count >= MostKept)
        {
            _slots.Clear();
        }

        var slot = _slots.GetOrAdd((topic, key), _ => new Slot());
        if (slot.Fresh(time, options.Value.RefreshInterval) is { } known)
        {
            return known;
        }

        await slot.Busy.WaitAsync(cancellationToken);
        try
        {
            return slot.Fresh(time, options.Value.RefreshInterval) ?? await LookAsync(slot, topic, key, state, read, cancellationToken);
        }
        finally
        {
            slot.Busy.Release();
        }
    }

    private async Task<Publication> LookAsync(Slot slot, string topic, string key, ReadState state, ReadSets read, CancellationToken cancellationToken)
    {
        while (true)
        {
            var started = time.GetTimestamp();
            var (version, newest) = await store.ReadAsync(topic, key, slot.Version, cancellationToken);
            var before = newest ?? (version > 0 ? slot.Publication : null);
            var data = state.Applied.DataVersion(state.OldestMonth, state.Today);
            if (before is not null
                && ((data is not null && data == before.DataVersion) || time.GetUtcNow() - before.LookedAt < options.Value.RefreshInterval
                    || state.Applied.Position < before.At))
            {
                slot.Set(version, before, started);
                return before;
            }

            var next = await NextAsync(before, data, state, read, cancellationToken);
            if (await store.SaveAsync(topic, key, version, next, cancellationToken))
            {
                slot.Set(version + 1, next, started);
                return next;
            }
        }
    }

    private async Task<Publication> NextAsync(Publication? before, string? data, ReadState state, ReadSets read, CancellationToken cancellationToken)
    {
        var salt = before?.Salt ?? RandomNumberGenerator.GetBytes(16);
        var live = await read(id => Publication.PersonOf(salt, id), cancellationToken);
        var sets = new Dictionary<string, Release>(before?.Sets ?? new Dictionary<string, Release>(), StringComparer.Ordinal);
        foreach (var (name, set) in live)
        {
            sets[name] = NextRelease.Of(sets.GetValueOrDefault(name), set.Rows, state.Applied.Position, set.Rule);
        }

        return new Publication(salt, state.Applied.Position, data, time.GetUtcNow(), sets);
    }

    private sealed class Slot
    {
        private Known? _known;

        public SemaphoreSlim Busy { get; } = new(1);

        public long Version => _known?.Version ?? 0;

        public Publication? Publication => _known?.Publication;

        public Publication? Fresh(TimeProvider time, TimeSpan interval) =>
            _known is { } known && time.GetElapsedTime(known.LookedAt) < interval ? known.Publication : null;

        public void Set(long version, Publication publication, long lookedAt) => _known = new Known(version, publication, lookedAt);

        private sealed record Known(long Version, Publication Publication, long LookedAt);
    }
}
