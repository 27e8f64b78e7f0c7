namespace Andi.FaultCampaign.Workload;

/// <summary>How the writes ended, over the whole campaign.</summary>
internal sealed class WriteCounts
{
    private readonly long[] _counts = new long[3];

    public long this[Outcome outcome] => Interlocked.Read(ref _counts[(int)outcome]);

    public long All => this[Outcome.Done] + this[Outcome.Refused] + this[Outcome.Unknown];

    public void Add(Outcome outcome) => Interlocked.Increment(ref _counts[(int)outcome]);
}
