using Andi.Ingestor.Landing;

namespace Andi.Ingestor.Ownership;

/// <summary>A batch that was announced and not confirmed: what a repeat needs to make exactly the same rows.</summary>
/// <param name="Range">Its offsets.</param>
/// <param name="Columns">The landing table's columns when its rows were made, see <see cref="LandingTable.ColumnsText"/>; null where they were not noted.</param>
internal sealed record PendingBatch(OffsetRange Range, string? Columns)
{
    public LandingTable ShapeOf(LandingTable now) => Columns is null ? now : now.WithColumns(Columns);
}
