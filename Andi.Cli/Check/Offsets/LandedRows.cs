namespace Andi.Cli.Check.Offsets;

/// <summary>The rows of a landing table that came from one offset of a partition.</summary>
/// <param name="Offset">Of the message.</param>
/// <param name="Added">Rows of sign +1.</param>
/// <param name="Retracted">Rows of sign −1.</param>
/// <param name="First">Their smallest position.</param>
/// <param name="Last">Their largest position.</param>
internal sealed record LandedRows(long Offset, long Added, long Retracted, UInt128 First, UInt128 Last)
{
    public static LandedRows None(long offset) => new(offset, 0, 0, 0, 0);

    public override string ToString() => Added + Retracted == 0 ? "no row" : $"{Added} rows, {Retracted} retractions{(First == Last ? "" : ", of different positions")}";
}
