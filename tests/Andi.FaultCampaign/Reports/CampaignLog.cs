using System.Globalization;
using Andi.FaultCampaign.Comparison;
using Andi.FaultCampaign.Faults;
using Andi.FaultCampaign.Setting;

namespace Andi.FaultCampaign.Reports;

/// <summary>What has happened: printed as it happens, and kept for the report.</summary>
internal sealed class CampaignLog(Timeline timeline, TimeProvider time)
{
    private const int DifferencesShown = 40;

    private readonly Lock _lock = new();
    private readonly long _started = time.GetTimestamp();
    private readonly List<Fault> _faults = [];
    private readonly List<string> _history = [];
    private readonly List<ComparisonResult> _comparisons = [];
    private readonly List<(Fault Fault, TimeSpan Took)> _recoveries = [];
    private readonly List<TimeSpan> _recoveriesOfAll = [];

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    public IReadOnlyList<Fault> Faults => _faults;

    public IReadOnlyList<ComparisonResult> Comparisons => _comparisons;

    /// <summary>How long after the end of a fault readers saw everything that was committed until then.</summary>
    public IReadOnlyList<(Fault Fault, TimeSpan Took)> Recoveries => _recoveries;

    /// <summary>How long after the end of a group's last fault that was so for all of the group.</summary>
    public IReadOnlyList<TimeSpan> RecoveriesOfAll => _recoveriesOfAll;

    /// <summary>A fault begins.</summary>
    /// <returns>Its number, 1 for the first.</returns>
    public int Begins(Fault fault)
    {
        lock (_lock)
        {
            _faults.Add(fault);
            SayOfFault(_faults.Count, $"{fault}");
            return _faults.Count;
        }
    }

    /// <summary>A fault is over, and what it had stopped runs again.</summary>
    public void IsOver(int number, Fault fault)
    {
        lock (_lock)
        {
            SayOfFault(number, $"over ({fault.Kind} {fault.Target})");
        }
    }

    /// <summary>Readers see everything again that was committed until the fault was over.</summary>
    public void HasRecovered(int number, Fault fault, TimeSpan took)
    {
        lock (_lock)
        {
            _recoveries.Add((fault, took));
            SayOfFault(number, string.Create(CultureInfo.InvariantCulture, $"recovered after {took.TotalSeconds:0.0} s ({fault.Kind} {fault.Target})"));
        }
    }

    /// <summary>A group of faults is over, and everything has recovered.</summary>
    public void AllRecovered(TimeSpan took)
    {
        lock (_lock)
        {
            _recoveriesOfAll.Add(took);
        }
    }

    /// <summary>Everything was compared; tells of the differences, and of the faults before them, where there are any.</summary>
    public void Compared(ComparisonResult result)
    {
        lock (_lock)
        {
            _comparisons.Add(result);
            Say(string.Create(
                CultureInfo.InvariantCulture,
                $"comparison {result.Number}: {result.Answers} answers, {result.Values} values, {result.Scores} scores, "
                + $"caught up after {result.CaughtUp.TotalSeconds:0.0} s, {result.Took.TotalSeconds:0.0} s in all: "
                + $"{(result.Differences.Count == 0 ? "equal" : $"{result.Differences.Count} DIFFERENCES")}"));
            if (result.Differences.Count == 0)
            {
                return;
            }

            Say("The faults until then:");
            _history.ForEach(line => Say($"  {line}"));
            Say($"The differences at position {result.Position}:");
            foreach (var difference in result.Differences)
            {
                timeline.Note("campaign", difference);
            }

            foreach (var difference in result.Differences.Take(DifferencesShown))
            {
                Console.WriteLine($"  {difference}");
            }

            Say($"All of them, and what every process wrote, are in {timeline.Path}; the state folder beside it is kept.");
        }
    }

    public void Say(string text)
    {
        Console.WriteLine($"{Stamp()} {text}");
        timeline.Note("campaign", text);
    }

    public void Fail(string text)
    {
        lock (_lock)
        {
            Say($"FAILED: {text}");
            _history.ForEach(line => Say($"  {line}"));
        }
    }

    private void SayOfFault(int number, string text)
    {
        var line = $"fault {number}: {text}";
        _history.Add($"{Stamp()} {line}");
        Say(line);
    }

    private string Stamp() => string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds,7:0.0} s");
}
