using System.Globalization;
using Andi.FaultCampaign.Connections;

namespace Andi.FaultCampaign.Faults;

/// <summary>
/// Connections are cut one after the other, each after some more bytes in one direction: in the middle of an insert, of an answer to a commit.
/// </summary>
internal sealed record Cut(string Store, IReadOnlyList<(Direction Direction, long Bytes)> Cuts, TimeSpan Within) : Fault("cut connections", $"to {Store}")
{
    public override string Detail => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join(", ", Cuts.Select(cut => $"{(cut.Direction == Direction.ToStore ? "request" : "answer")}+{cut.Bytes}"))} "
        + $"within {Within.TotalSeconds:0.0} s");

    public override async Task RunAsync(FaultSetting setting, CancellationToken cancellationToken)
    {
        var proxy = setting.Topology.Proxies[Store];
        try
        {
            foreach (var (direction, bytes) in Cuts)
            {
                proxy.Of(direction).CutAfter(bytes);
                await Task.Delay(Within / Cuts.Count, setting.Time, cancellationToken);
            }
        }
        finally
        {
            proxy.ToStore.DoNotCut();
            proxy.ToService.DoNotCut();
        }
    }
}

/// <summary>Nothing passes for a while, in one direction or both; then it goes on, or everything that was under way is cut.</summary>
internal sealed record Stall(string Store, bool Requests, bool Answers, TimeSpan For, bool CutThen) : Fault("stall connections", $"to {Store}")
{
    public override string Detail => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Requests && Answers ? "requests and answers" : Requests ? "requests" : "answers")} for {For.TotalSeconds:0.0} s{(CutThen ? ", then cut" : "")}");

    public override async Task RunAsync(FaultSetting setting, CancellationToken cancellationToken)
    {
        var proxy = setting.Topology.Proxies[Store];
        Flow[] flows = [.. Requests ? [proxy.ToStore] : Array.Empty<Flow>(), .. Answers ? [proxy.ToService] : Array.Empty<Flow>()];
        try
        {
            Array.ForEach(flows, flow => flow.Stall());
            await Task.Delay(For, setting.Time, cancellationToken);
            if (CutThen)
            {
                proxy.CutAll();
            }
        }
        finally
        {
            Array.ForEach(flows, flow => flow.Resume());
        }
    }
}

/// <summary>The store is out of reach: every connection is cut, and new ones too.</summary>
internal sealed record Sever(string Store, TimeSpan For) : Fault("refuse connections", $"to {Store}")
{
    public override string Detail => string.Create(CultureInfo.InvariantCulture, $"all cut, none made for {For.TotalSeconds:0.0} s");

    public override async Task RunAsync(FaultSetting setting, CancellationToken cancellationToken)
    {
        var proxy = setting.Topology.Proxies[Store];
        proxy.Refuse();
        try
        {
            proxy.CutAll();
            await Task.Delay(For, setting.Time, cancellationToken);
        }
        finally
        {
            proxy.Admit();
        }
    }
}
