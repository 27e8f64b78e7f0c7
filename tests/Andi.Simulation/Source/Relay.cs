using Andi.Simulation.Kafka;
using Andi.Simulation.Runs;
using Andi.Simulation.Scheduling;

namespace Andi.Simulation.Source;

/// <summary>
/// The relay: sends the history in order; what is confirmed is never sent again, what is not may be, after a crash, from the beginning of a transaction.
/// One that lost the slot while messages of its were queued may send them late, among those of its successor.
/// </summary>
internal sealed class Relay(SourceHistory history, TopicLog log, Randomness random, Schedule schedule, FaultCounts faults)
{
    private readonly List<(int Next, int End)> _stalled = [];
    private int _next;
    private int _confirmed;
    private int _sentThrough;

    public bool IsDone => _next == history.Messages.Count && _stalled.Count == 0;

    public bool Send()
    {
        if (_next == history.Messages.Count)
        {
            return false;
        }

        if (_next < _sentThrough)
        {
            faults.Count(Fault.EventSentAgain);
        }

        Append(_next++, "relay");
        _sentThrough = Math.Max(_sentThrough, _next);
        return true;
    }

    /// <summary>PostgreSQL may forget what has been sent.</summary>
    public bool Confirm()
    {
        var starts = history.TransactionStarts.Where(start => start > _confirmed && start <= _next).ToList();
        if (starts.Count == 0)
        {
            return false;
        }

        _confirmed = random.Pick(starts);
        schedule.Note($"relay: confirmed up to message {_confirmed}");
        return true;
    }

    public bool Crash()
    {
        if (_next == _confirmed)
        {
            return false;
        }

        if (random.OneIn(2) && _next < history.Messages.Count)
        {
            _stalled.Add((_next, Math.Min(_next + random.Between(1, 6), history.Messages.Count)));
        }

        faults.Count(Fault.RelayCrashed);
        schedule.Note($"relay crashed at message {_next}; begins again with {_confirmed}");
        _next = _confirmed;
        return true;
    }

    public bool SendStalled()
    {
        if (_stalled.Count == 0)
        {
            return false;
        }

        var index = random.Below(_stalled.Count);
        var (next, end) = _stalled[index];
        Append(next, "stalled relay");
        faults.Count(Fault.EventSentByStalledRelay);
        _sentThrough = Math.Max(_sentThrough, next + 1);
        if (next + 1 == end)
        {
            _stalled.RemoveAt(index);
        }
        else
        {
            _stalled[index] = (next + 1, end);
        }

        return true;
    }

    private void Append(int index, string who)
    {
        var message = history.Messages[index];
        var offset = log.Append(message.Partition, new LogEntry(message.Value, message, null));
        schedule.Note($"{who}: message {index} to {message.Partition}@{offset}: {message}");
    }
}
