namespace Andi.FaultCampaign.Setting;

/// <summary>Counts, from what the processes write, how often another one than before took the replication slot and relayed on.</summary>
internal sealed class RelayTurns
{
    // Of RelayLog.RelayStarted.
    private const string Taken = "Relaying changes from slot";

    private readonly Lock _lock = new();
    private string? _relay;

    public int TakeOvers { get; private set; }

    public void Hear(string process, string line)
    {
        if (!line.Contains(Taken, StringComparison.Ordinal))
        {
            return;
        }

        lock (_lock)
        {
            TakeOvers += _relay is null || _relay == process ? 0 : 1;
            _relay = process;
        }
    }
}
