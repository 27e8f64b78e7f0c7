using Andi.ChangeEvents;
using Andi.Simulation.Runs;
using Andi.Simulation.Scheduling;

namespace Andi.Simulation.Source;

/// <summary>
/// What happened in PostgreSQL, as the messages that tell it: a snapshot, then transactions that insert, update, move and delete rows of a few keys,
/// truncate, and heartbeats between them; some messages nobody can read.
/// </summary>
internal sealed class SourceHistory
{
    /// <summary>The landing table's amounts are 8 bits wide until its shape changes.</summary>
    private const int WidestAmount = sbyte.MaxValue;

    /// <summary>A constraint of the landing table refuses rows of this amount until its shape changes.</summary>
    public const int RefusedAmount = sbyte.MinValue;

    /// <summary>Rows belong to groups from 0 to below this.</summary>
    public const int Groups = 3;

    private readonly List<SourceMessage> _messages = [];
    private readonly List<int> _transactionStarts = [];
    private readonly Dictionary<string, SourceRow> _rows = [];
    private readonly List<string> _keys = [];
    private readonly WorldPlan _plan;
    private readonly Randomness _random;
    private ulong _lsn = 100;
    private uint _index;

    public SourceHistory(WorldPlan plan, Randomness random)
    {
        _plan = plan;
        _random = random;
        for (var key = 0; key < plan.Partitions * plan.KeysPerPartition; key++)
        {
            _keys.Add($"k{key}");
        }

        Snapshot();
        for (var transaction = 0; transaction < plan.Transactions; transaction++)
        {
            Transaction();
        }
    }

    /// <summary>In the order in which they are sent.</summary>
    public IReadOnlyList<SourceMessage> Messages => _messages;

    /// <summary>The indexes in <see cref="Messages"/> from which a relay may begin to send again.</summary>
    public IReadOnlyList<int> TransactionStarts => _transactionStarts;

    /// <summary>Says to every partition that all before has been sent.</summary>
    public void Heartbeat()
    {
        Begin();
        var position = Position.EndOf(_lsn);
        var value = EventText.Heartbeat(position);
        for (var partition = 0; partition < _plan.Partitions; partition++)
        {
            _messages.Add(new SourceMessage(partition, 'h', position, null, null, MessageForm.Plain, value));
        }
    }

    private void Snapshot()
    {
        Begin();
        foreach (var key in _keys.Where(_ => _random.OneIn(3)))
        {
            Send('r', null, NewRow(key));
        }
    }

    private void Transaction()
    {
        if (_random.OneIn(4))
        {
            Heartbeat();
            return;
        }

        Begin();
        if (_plan.HasTruncates && _random.OneIn(7))
        {
            Truncate();
        }

        for (var change = _random.Between(1, 4); change > 0; change--)
        {
            Change();
        }
    }

    private void Begin()
    {
        _lsn += (ulong)_random.Between(1, 9);
        _index = 0;
        _transactionStarts.Add(_messages.Count);
    }

    private void Change()
    {
        var key = _random.Pick(_keys);
        if (_plan.HasBrokenMessages && _random.OneIn(9))
        {
            Break(key);
        }
        else if (!_rows.TryGetValue(key, out var before))
        {
            Send('c', null, NewRow(key));
        }
        else if (_random.OneIn(4))
        {
            Send('d', before, null);
        }
        else
        {
            Send('u', before, NewRow(key));
        }
    }

    private SourceRow NewRow(string key)
    {
        var amount = _random.Between(-WidestAmount, WidestAmount);
        if (_plan.HasTooWideRows && _random.OneIn(6))
        {
            amount = _random.Between(1000, 9999);
        }
        else if (_plan.HasRefusedRows && _random.OneIn(6))
        {
            amount = RefusedAmount;
        }

        return new SourceRow(key, _random.Below(Groups), amount);
    }

    private void Send(char operation, SourceRow? before, SourceRow? after)
    {
        var id = (after ?? before)!.Value.Id;
        if (after is { } row)
        {
            _rows[id] = row;
        }
        else
        {
            _rows.Remove(id);
        }

        var position = new Position(_lsn, _index++);
        var form = IsUnfit(before) || IsUnfit(after) ? MessageForm.Unfit : MessageForm.Plain;
        _messages.Add(new SourceMessage(PartitionOf(id), operation, position, before, after, form, EventText.Change(operation, position, before, after)));
    }

    private void Truncate()
    {
        _rows.Clear();
        var position = new Position(_lsn, _index++);
        var value = EventText.Truncate(position);
        for (var partition = 0; partition < _plan.Partitions; partition++)
        {
            _messages.Add(new SourceMessage(partition, 't', position, null, null, MessageForm.Plain, value));
        }
    }

    private void Break(string key)
    {
        var position = new Position(_lsn, _index++);
        var row = new SourceRow(key, 1, 1);
        var value = _random.Below(3) switch
        {
            0 => EventText.Change('c', position, null, row)[..^5],
            1 => EventText.Change('c', position, null, row, generation: 9),
            _ => null,
        };
        _messages.Add(new SourceMessage(PartitionOf(key), 'c', position, null, null, MessageForm.Broken, value));
    }

    private static bool IsUnfit(SourceRow? row) => row?.Amount is > WidestAmount or RefusedAmount;

    private int PartitionOf(string key) => _keys.IndexOf(key) % _plan.Partitions;
}
