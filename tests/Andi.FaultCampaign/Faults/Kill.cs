using System.Globalization;
using Andi.FaultCampaign.Connections;

namespace Andi.FaultCampaign.Faults;

/// <summary>SIGKILL, and after a while a start.</summary>
/// <param name="Process">Whose end it is.</param>
/// <param name="Amid">What is under way then: an insert, a commit, an acknowledgement. Null: whatever is.</param>
/// <param name="Down">How long nobody starts it again.</param>
internal sealed record Kill(string Process, Moment? Amid, TimeSpan Down) : Fault("SIGKILL", Process)
{
    public override string Detail =>
        string.Create(CultureInfo.InvariantCulture, $"{(Amid is null ? "" : $"amid {Amid}, ")}down for {Down.TotalSeconds:0.0} s and the start");

    public override async Task RunAsync(FaultSetting setting, CancellationToken cancellationToken)
    {
        if (Amid is not null)
        {
            await Amid.WaitAsync(setting, cancellationToken);
        }

        await setting.Topology.Processes.KillAsync(Process);
        await Task.Delay(Down, setting.Time, cancellationToken);
        await setting.StartAsync(Process, cancellationToken);
    }
}

/// <summary>When so many more bytes have gone between the services and a store.</summary>
internal sealed record Moment(string Store, Direction Direction, long Bytes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Direction == Direction.ToStore ? "a request to" : "an answer of")} {Store} (+{Bytes} bytes)");

    /// <summary>Returns at that moment, or after some seconds where hardly anything goes there.</summary>
    public async Task WaitAsync(FaultSetting setting, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await setting.Topology.Proxies[Store].Of(Direction).UnderWayAsync(Bytes, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another fault has the store; then it is any moment.
        }
    }
}
