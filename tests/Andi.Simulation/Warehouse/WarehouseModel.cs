using Andi.ChangeEvents;
using Andi.Ingestor.Landing;
using Andi.Simulation.Runs;
using Andi.Simulation.Scheduling;
using Andi.Simulation.Source;

namespace Andi.Simulation.Warehouse;

/// <summary>
/// ClickHouse: a landing table, and what two views derive from it: an aggregate (sums of sign · value) and the facts (the newest of each place). Each of the
/// three remembers so many tokens of its own. An insert writes one after the other, and may break between any two. The virtual members are what a proof of
/// the proof takes away.
/// </summary>
internal class WarehouseModel
{
    private readonly List<LandedRow> _landed = [];
    private readonly Dictionary<(int Partition, int Group), (long Count, long Sum)> _aggregate = [];
    private readonly Dictionary<(int Partition, string Id, int Group), LandedRow> _facts = [];
    private readonly HashSet<(int Partition, long Fence)> _revoked = [];
    private readonly HashSet<string> _everInserted = [];
    private readonly RememberedTokens _landingTokens;
    private readonly RememberedTokens _aggregateTokens;
    private readonly RememberedTokens _factTokens;
    private readonly Randomness _random;
    private readonly FaultCounts _faults;

    /// <param name="plan">Of the world.</param>
    /// <param name="random">Breaks inserts.</param>
    /// <param name="faults">Counted.</param>
    /// <param name="window">Tokens that each table remembers; null for just as many as the ledger's limit asks for.</param>
    /// <param name="viewWindow">Where it is another for the tables behind the landing table.</param>
    public WarehouseModel(WorldPlan plan, Randomness random, FaultCounts faults, int? window = null, int? viewWindow = null)
    {
        _landingTokens = new RememberedTokens(window ?? plan.Window);
        _aggregateTokens = new RememberedTokens(viewWindow ?? window ?? plan.Window);
        _factTokens = new RememberedTokens(viewWindow ?? window ?? plan.Window);
        _random = random;
        _faults = faults;
    }

    /// <summary>Whether inserts may break between two tables.</summary>
    public bool IsReliable { get; set; }

    /// <summary>As the table is now; ingestors find out later.</summary>
    public LandingTable Shape { get; set; } = LandingShape.Narrow;

    public IReadOnlyList<LandedRow> Landed => _landed;

    public IReadOnlyDictionary<(int Partition, int Group), (long Count, long Sum)> Aggregate => _aggregate;

    /// <summary>The newest row of each place, tombstones included.</summary>
    public IReadOnlyDictionary<(int Partition, string Id, int Group), LandedRow> Facts => _facts;

    /// <summary>Returns true: it is answered with nothing more than that it was done.</summary>
    public bool Revoke(int partition, long first, long last)
    {
        for (var fence = first; fence <= last; fence++)
        {
            _revoked.Add((partition, fence));
        }

        return true;
    }

    /// <summary>
    /// A block of no rows leaves nothing, not even its token; nor does one with a row that violates the landing table's constraint. Returns the offsets of
    /// such rows.
    /// </summary>
    public IReadOnlyCollection<long> Insert(LandedRow[] rows, string token)
    {
        if (rows.Length == 0)
        {
            return [];
        }

        var (partition, fence) = (rows[0].Partition, rows[0].Fence);
        if (IsRefused(partition, fence))
        {
            _faults.Count(Fault.ZombieInsertRefused);
            if (_everInserted.Contains(token) && !_landingTokens.Contains(token))
            {
                _faults.Count(Fault.ZombieInsertRefusedAfterItsTokenWasForgotten);
            }

            throw new SimulatedFault($"Fence {fence} of partition {partition} is revoked.");
        }

        var refused = rows.Where(row => Shape == LandingShape.Narrow && row.Row.Amount == SourceHistory.RefusedAmount).Select(row => row.Offset).ToHashSet();
        if (refused.Count > 0)
        {
            _faults.Count(Fault.InsertRefused);
            return refused;
        }

        rows = Kept(rows);
        _everInserted.Add(token);
        var isNew = Write(rows, token);
        if (!isNew)
        {
            _faults.Count(Fault.InsertDeduplicated);
        }

        BreakPerhaps("before the views");
        if (_aggregateTokens.Remember(token))
        {
            Aggregated(rows);
            CountCompleted(isNew);
        }

        BreakPerhaps("between the views");
        if (_factTokens.Remember(token))
        {
            Stated(rows);
            CountCompleted(isNew);
        }

        return [];
    }

    /// <summary>The rows that Andi.Ingestor/Landing/Sql/retract_all.sql selects, in its order; it inserts them afterwards.</summary>
    public virtual LandedRow[] SelectRetractions(int partition, long fence, Position position, long offset)
    {
        var standing = new SortedDictionary<SourceRow, (int Sum, LandedRow Newest)>(SourceRow.ByColumns);
        foreach (var row in _landed)
        {
            if (row.Partition == partition && row.Offset < offset)
            {
                var (sum, newest) = standing.GetValueOrDefault(row.Row, (0, row));
                standing[row.Row] = (sum + row.Sign, row.Version > newest.Version ? row : newest);
            }
        }

        return [.. standing.SelectMany(row => Retractions(row.Key, row.Value.Sum, row.Value.Newest))];

        IEnumerable<LandedRow> Retractions(SourceRow row, int sum, LandedRow newest)
        {
            var taken = Math.Max(sum, newest.Sign == 1 ? 1 : 0);
            return
            [
                .. Enumerable.Repeat(new LandedRow(row, -1, position, partition, offset, fence), taken),
                .. Enumerable.Repeat(new LandedRow(row, 1, Position.None, partition, offset, fence), taken - sum),
            ];
        }
    }

    protected virtual bool IsRefused(int partition, long fence) => _revoked.Contains((partition, fence));

    protected virtual LandedRow[] Kept(LandedRow[] rows) => rows;

    private bool Write(LandedRow[] rows, string token)
    {
        if (!_landingTokens.Remember(token))
        {
            return false;
        }

        _landed.AddRange(rows);
        return true;
    }

    private void Aggregated(LandedRow[] rows)
    {
        foreach (var row in rows)
        {
            var (count, sum) = _aggregate.GetValueOrDefault((row.Partition, row.Row.Group));
            _aggregate[(row.Partition, row.Row.Group)] = (count + row.Sign, sum + (row.Sign * row.Row.Amount));
        }
    }

    private void Stated(LandedRow[] rows)
    {
        foreach (var row in rows)
        {
            var place = (row.Partition, row.Row.Id, row.Row.Group);
            if (!_facts.TryGetValue(place, out var there) || there.Version <= row.Version)
            {
                _facts[place] = row;
            }
        }
    }

    private void CountCompleted(bool isNew)
    {
        if (!isNew)
        {
            _faults.Count(Fault.ViewsCompletedByRepeat);
        }
    }

    private void BreakPerhaps(string where)
    {
        if (!IsReliable && _random.OneIn(20))
        {
            _faults.Count(Fault.InsertBroken);
            throw new SimulatedFault($"The insert broke {where}.");
        }
    }
}
