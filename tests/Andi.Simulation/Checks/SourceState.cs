using Andi.ChangeEvents;
using Andi.Simulation.Runs;
using Andi.Simulation.Source;

namespace Andi.Simulation.Checks;

/// <summary>
/// What the source's table held at a position, as far as it concerns one partition: the oracle. Made from the source's own history, by nothing of the
/// product's.
/// </summary>
internal sealed class SourceState
{
    private readonly Dictionary<string, SourceRow> _rows = [];

    private SourceState(Position position) => Position = position;

    public Position Position { get; }

    public IReadOnlyDictionary<string, SourceRow> Rows => _rows;

    public static SourceState At(World world, int partition, Position position)
    {
        var state = new SourceState(position);
        foreach (var message in world.History.Messages)
        {
            if (message.Partition == partition && message.Form != MessageForm.Broken && message.Position <= position)
            {
                state.Apply(message);
            }
        }

        return state;
    }

    public Dictionary<int, (long Count, long Sum)> Aggregate() => _rows.Values
        .GroupBy(row => row.Group)
        .ToDictionary(group => group.Key, group => ((long)group.Count(), group.Sum(row => row.Amount)));

    private void Apply(SourceMessage message)
    {
        if (message.Operation == 't')
        {
            _rows.Clear();
        }
        else if (message.After is { } row)
        {
            _rows[row.Id] = row;
        }
        else if (message.Before is { } gone)
        {
            _rows.Remove(gone.Id);
        }
    }
}
