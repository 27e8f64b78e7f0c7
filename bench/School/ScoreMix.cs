namespace Andi.Bench.School;

/// <summary>
/// Which score each of many changes is of: in ten of them seven new scores and three corrections of scores that came some time before, each once.
/// </summary>
/// <param name="changes">How many there are.</param>
/// <param name="changesUntilCorrected">How many come between a score and its correction.</param>
internal sealed class ScoreMix(long changes, long changesUntilCorrected)
{
    private const int Cycle = 10;
    private const int NewInCycle = 7;

    private readonly long _cyclesUntilCorrected = changesUntilCorrected / Cycle;

    /// <param name="change">Its number, counted from 0.</param>
    /// <returns>The score's number, and whether it was there before.</returns>
    public (long Score, bool IsCorrection) Place(long change)
    {
        var (cycle, place) = Math.DivRem(change, Cycle);
        if (place < NewInCycle)
        {
            return ((cycle * NewInCycle) + place, false);
        }

        // At first there is nothing to correct: new scores, beyond all others.
        return cycle < _cyclesUntilCorrected
            ? (changes + (cycle * (Cycle - NewInCycle)) + place - NewInCycle, false)
            : (((cycle - _cyclesUntilCorrected) * NewInCycle) + ((place - NewInCycle) * 2), true);
    }
}
