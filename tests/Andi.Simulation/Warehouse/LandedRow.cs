using Andi.ChangeEvents;
using Andi.Simulation.Source;

namespace Andi.Simulation.Warehouse;

/// <summary>A row of the landing table.</summary>
internal readonly record struct LandedRow(SourceRow Row, int Sign, Position Position, int Partition, long Offset, long Fence)
{
    /// <summary>Orders the changes of one place as facts tables do: the newest wins, and within one change the row wins over the tombstone.</summary>
    public UInt128 Version => (Position.ToUInt128() * 2) + (Sign == 1 ? UInt128.One : UInt128.Zero);

    public override string ToString() =>
        $"{(Sign > 0 ? "+" : "−")}{Row.Id}({Row.Group}:{Row.Amount}) {Position.CommitLsn}.{Position.Index} @{Offset} f{Fence}";
}
