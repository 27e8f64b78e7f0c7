using System.Globalization;
using System.Text;
using Andi.FaultCampaign.Workload;

namespace Andi.FaultCampaign.Reports;

/// <summary>What a campaign came to.</summary>
internal sealed class CampaignReport(CampaignOptions options, CampaignLog log, WriteCounts writes, CampaignFigures figures)
{
    private readonly StringBuilder _text = new();

    private long Values => log.Comparisons.Sum(comparison => comparison.Values);

    private long Differences => log.Comparisons.Sum(comparison => comparison.Differences.Count);

    private string Duration => string.Create(CultureInfo.InvariantCulture, $"{log.Elapsed.TotalMinutes:0.0} minutes");

    public void Print(CampaignLog to) => to.Say(
        $"{log.Faults.Count} faults, {log.Comparisons.Count} comparisons, {Values:N0} values compared, {Differences} differ; "
        + $"{figures.Changes:N0} changes; {Duration}.");

    public string ToMarkdown()
    {
        WriteHead();
        WriteFigures();
        WriteFaults();
        WriteRecoveries();
        WriteComparisons();
        return _text.ToString();
    }

    private void WriteHead()
    {
        Line("# Fault campaign");
        Line();
        Line(
            "The whole topology on its real engines: two processes that write and relay, two ingestors, a proxy before each store. "
            + "Four clients write at random");
        Line(
            "(scores and observed lessons: corrections, removals, batches, CSV imports; teachers and students that move, names and scales that change; "
            + "uses of resources, community;");
        Line("in SQL updates of many rows, of keys, TRUNCATE)");
        Line(
            "while the faults below happen, up to four at a time. After each group of faults everything has to recover by itself. "
            + "Then every aggregate answer of the");
        Line(
            "analytics API is compared with PostgreSQL's own `GROUP BY` over its rows at the same position, value by value and with no tolerance, "
            + "and the landing");
        Line("tables are searched for changes that are missing or there twice. At the end `Andi.Cli check` must hold, too. Made by:");
        Line();
        Line("```sh");
        Line($"dotnet run -c Release --project tests/Andi.FaultCampaign -- --faults {options.Faults} --seed {options.Seed}");
        Line("```");
        Line();
        Line("The seed decides which faults in which order, and what is written; when each byte comes the machine decides, so no two runs are the same.");
        Line();
    }

    private void WriteFigures()
    {
        Line("| | |");
        Line("| --- | --- |");
        Line($"| faults | {log.Faults.Count} |");
        Line($"| comparisons of everything | {log.Comparisons.Count} |");
        Line($"| answers compared | {log.Comparisons.Sum(comparison => comparison.Answers):N0} |");
        Line($"| values compared | {Values:N0} |");
        Line($"| **differences** | **{Differences}** |");
        if (log.Comparisons is [.., { Checked.Count: > 0 } last])
        {
            Line($"| compared by `check` at the end | {string.Join(", ", last.Checked.Select(part => $"{part.Value:N0} {part.Key}"))} |");
        }

        Line(
            "| writes (acknowledged, refused by a rule, of unknown outcome) "
            + $"| {writes[Outcome.Done]:N0}, {writes[Outcome.Refused]:N0}, {writes[Outcome.Unknown]:N0} |");
        Line($"| changes of rows through the pipeline | {figures.Changes:N0} |");
        Line($"| rows in the landing tables | {figures.LandedRows:N0} |");
        Line($"| messages of the change topics (events, those sent again, heartbeats) | {figures.Messages:N0} |");
        Line($"| inserts into landing tables | {figures.Inserts:N0} |");
        Line($"| times that an ingestor took a partition | {figures.PartitionTakeOvers:N0} |");
        Line($"| times that the other relay took the slot | {figures.RelayTakeOvers:N0} |");
        Line($"| duration, start and comparisons included | {Duration} |");
        Line($"| seed | {options.Seed} |");
        Line($"| versions | {string.Join("; ", figures.Versions)} |");
        Line($"| machine | {figures.Machine} |");
        Line();
    }

    private void WriteFaults()
    {
        Line("## Faults by kind");
        Line();
        Line("| kind | of | how many |");
        Line("| --- | --- | ---: |");
        foreach (var kind in log.Faults.GroupBy(fault => (fault.Kind, fault.Target)).OrderBy(kind => kind.Key))
        {
            Line($"| {kind.Key.Kind} | {kind.Key.Target} | {kind.Count()} |");
        }

        Line();
    }

    private void WriteRecoveries()
    {
        Line("## Recovery");
        Line();
        Line(
            "From the end of the fault (the process is started and ready, the connection admitted again) until readers saw everything "
            + "that had been committed by");
        Line("then, in seconds. Writes went on meanwhile, and so did other faults: the last line is what it took once no fault was left.");
        Line();
        Line("| kind | min | median | max |");
        Line("| --- | ---: | ---: | ---: |");
        foreach (var kind in log.Recoveries.GroupBy(recovery => recovery.Fault.Kind, recovery => recovery.Took).OrderBy(kind => kind.Key))
        {
            WriteSpread(kind.Key, kind);
        }

        WriteSpread("all of a group, after its last", log.RecoveriesOfAll);
        Line();
    }

    private void WriteSpread(string of, IEnumerable<TimeSpan> times)
    {
        var seconds = times.Select(time => time.TotalSeconds).Order().ToList();
        if (seconds.Count > 0)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"| {of} | {seconds[0]:0.0} | {seconds[seconds.Count / 2]:0.0} | {seconds[^1]:0.0} |"));
        }
    }

    private void WriteComparisons()
    {
        Line("## Comparisons");
        Line();
        Line("| | scores | answers | values | differences | caught up after | took |");
        Line("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var comparison in log.Comparisons)
        {
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"| {comparison.Number} | {comparison.Scores} | {comparison.Answers} | {comparison.Values} | {comparison.Differences.Count} "
                + $"| {comparison.CaughtUp.TotalSeconds:0.0} s | {comparison.Took.TotalSeconds:0.0} s |"));
        }
    }

    private void Line(string line = "") => _text.Append(line).Append('\n');
}
