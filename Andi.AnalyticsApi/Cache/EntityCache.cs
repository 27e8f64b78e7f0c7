using Andi.AnalyticsApi.Positions;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.Extensions.Caching.Memory;
using ZiggyCreatures.Caching.Fusion;

namespace Andi.AnalyticsApi.Cache;

/// <summary>A kind of thing that has an id, and the query that finds one.</summary>
/// <param name="Thing">What a problem document calls it.</param>
/// <param name="Table">Whose rows it is read from, by its name upstream.</param>
/// <param name="Query">Finds one by its id.</param>
/// <param name="Id">Of one.</param>
/// <param name="All">Finds <c>most</c> of them, where they are worth keeping: not too many, and asked for often.</param>
internal sealed record EntityKind<T>(string Thing, string Table, WarehouseQuery Query, Func<T, string> Id, WarehouseQuery? All = null);

/// <summary>
/// Entities as they were found, at one version of the rows of their own table: scores that come in leave the names of tests and teachers as they are.
/// An entity that is not known yet is asked for by its id; beside that all of the kind are read, where they are not too many, so that the next one need not be.
/// </summary>
internal sealed partial class EntityCache(ClickHouseClient warehouse, ILogger<EntityCache> logger) : IDisposable
{
    private const int Most = 50_000;

    // While the table itself changes, all of it is not worth reading again and again.
    private static readonly TimeSpan BetweenLoads = TimeSpan.FromSeconds(2);

    // A table that had too many entities has too many the next time.
    private static readonly TimeSpan AfterTooMany = TimeSpan.FromHours(1);

    private readonly FusionCache _cache = new(
        new FusionCacheOptions { CacheName = "entities", DefaultEntryOptions = { Duration = TimeSpan.FromMinutes(5), Size = 1 } },
        new MemoryCache(new MemoryCacheOptions { SizeLimit = 4 * Most }));

    public void Dispose() => _cache.Dispose();

    /// <summary>The one of that id at what a request reads at; null where there is none.</summary>
    public async Task<T?> FindAsync<T>(EntityKind<T> kind, string id, ReadState state, CancellationToken cancellationToken)
        where T : class
    {
        var generation = state.Applied.Generation;
        if (state.Applied.DataVersion(kind.Table) is not { } version)
        {
            return await AskAsync(kind, id, generation, cancellationToken);
        }

        var all = await _cache.TryGetAsync<IReadOnlyDictionary<string, T>>(AllKey(kind, version), token: cancellationToken);
        if (all.HasValue && all.Value.TryGetValue(id, out var known))
        {
            return known;
        }

        var finding = _cache.GetOrSetAsync<T?>(
            $"{kind.Thing}\n{version}\n{id}",
            async (context, token) =>
            {
                var found = await AskAsync(kind, id, generation, token);
                context.Options.SetSkipMemoryCacheWrite(found is null);
                return found;
            },
            token: cancellationToken);
        if (!all.HasValue && kind.All is not null)
        {
            _ = LoadAsync(kind, version, generation);
        }

        return await finding;
    }

    /// <summary>All of the kind at what a request reads at, by id, however many.</summary>
    /// <exception cref="InvalidOperationException">The kind has no query that finds all.</exception>
    public async Task<IReadOnlyDictionary<string, T>> AllAsync<T>(EntityKind<T> kind, ReadState state, CancellationToken cancellationToken)
        where T : class
    {
        var generation = state.Applied.Generation;
        return state.Applied.DataVersion(kind.Table) is { } version
            ? await _cache.GetOrSetAsync<IReadOnlyDictionary<string, T>>(
                AllKey(kind, version),
                async (context, token) =>
                {
                    var all = ById(kind, await ReadAsync(kind, generation, uint.MaxValue, token));
                    context.Options.Size = SizeOf(all);
                    return all;
                },
                token: cancellationToken)
            : ById(kind, await ReadAsync(kind, generation, uint.MaxValue, cancellationToken));
    }

    /// <summary>A few rows that are asked for again and again, kept at one version of the tables that they are read from, and for one day.</summary>
    /// <param name="key">What is asked, of which query.</param>
    /// <param name="tables">All that the query reads, by their names upstream.</param>
    /// <param name="read">Asks the warehouse. An answer without rows is not kept: whoever asks for ids at random fills no memory.</param>
    public async Task<IReadOnlyList<T>> RowsAsync<T>(
        string key, IReadOnlyList<string> tables, ReadState state, Func<CancellationToken, Task<IReadOnlyList<T>>> read, CancellationToken cancellationToken) =>
        state.Applied.DataVersion(tables) is { } version
            ? await _cache.GetOrSetAsync<IReadOnlyList<T>>(
                $"{version}\n{state.OldestMonth:O}\n{state.Today:O}\n{key}",
                async (context, token) =>
                {
                    var rows = await read(token);
                    context.Options.SetSkipMemoryCacheWrite(rows.Count == 0);
                    return rows;
                },
                token: cancellationToken)
            : await read(cancellationToken);

    private static string AllKey<T>(EntityKind<T> kind, string version) => $"{kind.Thing}\n{version}";

    // However many: they must fit in.
    private static int SizeOf<T>(Dictionary<string, T> all) => Math.Clamp(all.Count, 1, Most);

    private async Task<T?> AskAsync<T>(EntityKind<T> kind, string id, uint generation, CancellationToken cancellationToken)
        where T : class
    {
        var found = await warehouse.QueryAsync<T>(kind.Query.With(new ClickHouseParameters { { "id", id }, { "generation", generation } }), cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    // Of no request in particular: bounded by the client's own time limit. The entry says only that all of the kind need not be read again yet.
    private async Task LoadAsync<T>(EntityKind<T> kind, string version, uint generation)
        where T : class
    {
        try
        {
            await _cache.GetOrSetAsync<bool>(
                $"{kind.Thing}\nloaded",
                async (context, token) =>
                {
                    var found = await ReadAsync(kind, generation, Most + 1, token);
                    context.Options.Duration = found.Count > Most ? AfterTooMany : BetweenLoads;
                    if (found.Count <= Most)
                    {
                        var all = ById(kind, found);
                        await _cache.SetAsync<IReadOnlyDictionary<string, T>>(AllKey(kind, version), all, options => options.Size = SizeOf(all), token: token);
                    }

                    return true;
                });
        }
        catch (Exception exception)
        {
            // Each is asked for by its id then.
            LogNotLoaded(exception, kind.Thing);
        }
    }

    private Task<IReadOnlyList<T>> ReadAsync<T>(EntityKind<T> kind, uint generation, uint most, CancellationToken cancellationToken) =>
        kind.All is { } all
            ? warehouse.QueryAsync<T>(all.With(new ClickHouseParameters { { "generation", generation }, { "most", most } }), cancellationToken)
            : throw new InvalidOperationException($"There is no query for every {kind.Thing}.");

    private static Dictionary<string, T> ById<T>(EntityKind<T> kind, IEnumerable<T> found) => found.ToDictionary(kind.Id, StringComparer.Ordinal);

    [LoggerMessage(3301, LogLevel.Warning, "Reading every {Thing} failed; each is read by its id")]
    private partial void LogNotLoaded(Exception exception, string thing);
}
