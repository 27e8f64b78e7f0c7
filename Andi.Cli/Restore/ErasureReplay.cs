using Andi.Cli.Erase;
using Andi.Cli.Terminal;
using Andi.Oltp.Areas;
using Andi.Warehouse.Client;
using Npgsql;

namespace Andi.Cli.Restore;

/// <summary>
/// Erases again, from what a backup brings back, who was erased after it was made: from history before readers have anything, from PostgreSQL's rows in the
/// transaction that brings them, and from what that transaction's events left on their way.
/// </summary>
internal sealed class ErasureReplay
{
    private readonly IReadOnlyList<Tombstone> _tombstones;
    private readonly Dictionary<PersonTable, HashSet<string>> _ids = PersonTable.All.ToDictionary(persons => persons, _ => new HashSet<string>());
    private readonly List<string> _names = [];

    private ErasureReplay(IReadOnlyList<Tombstone> tombstones) => _tombstones = tombstones;

    /// <summary>All that this system knows of, and those that are given.</summary>
    public static async Task<ErasureReplay> CollectAsync(string oltp, IEnumerable<Tombstone> given, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(oltp);
        await connection.OpenAsync(cancellationToken);
        return new ErasureReplay(
            [.. (await Tombstones.ReadAsync(connection, cancellationToken)).Concat(given).DistinctBy(tombstone => Convert.ToHexString(tombstone.Digest))]);
    }

    public async Task InHistoryAsync(ClickHouseClient warehouse, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        foreach (var persons in PersonTable.All)
        {
            var erasure = new WarehouseErasure(warehouse, persons);
            var ids = (await erasure.IdsOfHistoryAsync(cancellationToken)).Where(id => Find(persons, id) is not null).ToList();
            _ids[persons].UnionWith(ids);
            await erasure.RunAsync(ids, begin, cancellationToken);
        }
    }

    /// <summary>In the transaction that brought the rows.</summary>
    public async Task InSourceAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await Tombstones.PrepareAsync(connection, cancellationToken);
        foreach (var persons in PersonTable.All)
        {
            var source = new SourceErasure(connection, persons);
            foreach (var id in await source.IdsAsync(cancellationToken))
            {
                if (Find(persons, id) is { } tombstone)
                {
                    _ids[persons].Add(id);
                    _names.AddRange(await source.LockAsync(id, cancellationToken) ?? []);
                    await source.EraseAsync(id, tombstone.RowKey is null ? null : SourceErasure.NewRowKey(), cancellationToken);
                }
            }
        }

        foreach (var tombstone in _tombstones)
        {
            await Tombstones.AddAsync(connection, tombstone, cancellationToken);
        }
    }

    public async Task ClearAsync(
        NpgsqlDataSource ledger, ClickHouseClient warehouse, RunningStores stores, TimeSpan patience, Func<string, double?, IWorkStep> begin,
        CancellationToken cancellationToken)
    {
        foreach (var (persons, ids) in _ids.Where(erased => erased.Value.Count > 0))
        {
            await new EraseRun(ledger, warehouse, stores, persons, patience).ClearAsync(ids, _names, begin, cancellationToken);
        }
    }

    private Tombstone? Find(PersonTable persons, string id) => _tombstones.FirstOrDefault(tombstone => tombstone.IsOf(persons.Person, id));
}
