using Andi.AnalyticsApi.Answers;
using Andi.Warehouse.Client;

namespace Andi.AnalyticsApi.Assessments;

/// <summary>
/// The entities of a kind. One that is not known yet is asked for by its id; beside that all of the kind are read, where they are not too many, so that the next one need not be.
/// </summary>
internal sealed partial class KnownKind<T>(EntityKind<T> kind, ClickHouseClient warehouse, TimeProvider time, ILogger logger)
    where T : class
{
    private const int Most = 50_000;

    // While the table itself changes, all of it is not worth reading again and again.
    private static readonly TimeSpan BetweenLoads = TimeSpan.FromSeconds(2);

    private readonly RowsCache<T> _single = new(Most, (_, _) => 1);
    private readonly RowsCache<IReadOnlyDictionary<string, T>> _all = new(1, (_, _) => 1);
    private readonly Lock _sync = new();
    private Task _loading = Task.CompletedTask;
    private long? _loadedAt;
    private bool _areTooMany;

    /// <param name="rowsTag">Names the table's rows; null where nothing may be kept of them.</param>
    /// <param name="generation">Of the rows.</param>
    /// <param name="id">Of the entity.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where there is none of that id.</returns>
    public async Task<T?> FindAsync(string? rowsTag, uint generation, string id, CancellationToken cancellationToken)
    {
        if (rowsTag is null)
        {
            return await AskAsync(generation, id, cancellationToken);
        }

        if (_all.Find(rowsTag, "")?.GetValueOrDefault(id) is { } one)
        {
            return one;
        }

        if (_single.Find(rowsTag, id) is { } before)
        {
            return before;
        }

        var asking = AskAsync(generation, id, cancellationToken);
        Load(rowsTag, generation);
        return await asking is { } found ? _single.Keep(rowsTag, id, found) : null;
    }

    /// <summary>All of the kind, by id, however many.</summary>
    /// <param name="rowsTag">Names the table's rows; null where nothing may be kept of them.</param>
    /// <param name="generation">Of the rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The kind has no query that finds all.</exception>
    public async Task<IReadOnlyDictionary<string, T>> AllAsync(string? rowsTag, uint generation, CancellationToken cancellationToken)
    {
        if (rowsTag is not null && _all.Find(rowsTag, "") is { } before)
        {
            return before;
        }

        var all = ById(await ReadAsync(generation, uint.MaxValue, cancellationToken));
        return rowsTag is null ? all : _all.Keep(rowsTag, "", all);
    }

    private async Task<T?> AskAsync(uint generation, string id, CancellationToken cancellationToken)
    {
        var found = await warehouse.QueryAsync<T>(
            kind.Query.With(new ClickHouseParameters { { "id", id }, { "generation", generation } }), cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    private void Load(string rowsTag, uint generation)
    {
        lock (_sync)
        {
            if (kind.All is null || _all.Find(rowsTag, "") is not null || _areTooMany || !_loading.IsCompleted || (_loadedAt is { } before && time.GetElapsedTime(before) < BetweenLoads))
            {
                return;
            }

            _loadedAt = time.GetTimestamp();
            _loading = LoadAsync(rowsTag, generation);
        }
    }

    // Of no request in particular: bounded by the client's own time limit.
    private async Task LoadAsync(string rowsTag, uint generation)
    {
        try
        {
            var found = await ReadAsync(generation, Most + 1, CancellationToken.None);
            _areTooMany = found.Count > Most;
            if (!_areTooMany)
            {
                _all.Keep(rowsTag, "", ById(found));
            }
        }
        catch (Exception exception)
        {
            // Each is asked for by its id then.
            LogNotLoaded(exception, kind.Thing);
        }
    }

    private Task<IReadOnlyList<T>> ReadAsync(uint generation, uint most, CancellationToken cancellationToken) =>
        kind.All is { } all
            ? warehouse.QueryAsync<T>(all.With(new ClickHouseParameters { { "generation", generation }, { "most", most } }), cancellationToken)
            : throw new InvalidOperationException($"There is no query for every {kind.Thing}.");

    private Dictionary<string, T> ById(IEnumerable<T> found) => found.ToDictionary(kind.Id, StringComparer.Ordinal);

    [LoggerMessage(3301, LogLevel.Warning, "Could not read every {Thing}; they are asked for one by one.")]
    private partial void LogNotLoaded(Exception exception, string thing);
}
