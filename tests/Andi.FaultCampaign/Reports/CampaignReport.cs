using System.Globalization;
using System.Text;
using Andi.FaultCampaign.Workload;

namespace Andi.FaultCampaign.Reports;

/// <summary>What a campaign came to.</summary>
internal sealed class CampaignReport(CampaignOptions options, CampaignLog log, WriteCounts writes, CampaignFigures figures)
{
    private long Values => log.Comparisons.Sum(comparison => comparison.Values);

    private long Differences => log.Comparisons.Sum(comparison => comparison.Differences.Count);

    private string Duration => string.Create(CultureInfo.InvariantCulture, $"{log.Elapsed.TotalMinutes:0.0} minutes");

    public void Print(CampaignLog to) => to.Say(
        $"{log.Faults.Count} faults, {log.Comparisons.Count} comparisons, {Values:N0} values compared, {Differences} differ; {figures.Changes:N0} changes; {Duration}.");

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');

        Line("# Fault campaign");
        Line();
        Line("Writes, and faults of the engines, services and connections under them; every aggregate answer compared with PostgreSQL's own `GROUP BY` at the same");
        Line("position, with no tolerance. Made by:");
        Line();
        Line("```sh");
        Line($"dotnet run -c Release --project tests/Andi.FaultCampaign -- --faults {options.Faults} --seed {options.Seed} --report {options.Report}");
        Line("```");
        Line();
        Line("| | |");
        Line("| --- | --- |");
        Line($"| faults | {log.Faults.Count} |");
        Line($"| comparisons of everything | {log.Comparisons.Count} |");
        Line($"| answers compared | {log.Comparisons.Sum(comparison => comparison.Answers):N0} |");
        Line($"| values compared | {Values:N0} |");
        Line($"| **differences** | **{Differences}** |");
        Line($"| writes (acknowledged, refused by a rule, of unknown outcome) | {writes[Outcome.Done]:N0}, {writes[Outcome.Refused]:N0}, {writes[Outcome.Unknown]:N0} |");
        Line($"| changes of rows through the pipeline | {figures.Changes:N0} |");
        Line($"| rows in the landing tables | {figures.LandedRows:N0} |");
        Line($"| longest time to catch up after the last fault of a group | {log.Comparisons.Max(comparison => comparison.CaughtUp.TotalSeconds).ToString("0.0", CultureInfo.InvariantCulture)} s |");
        Line($"| duration | {Duration} |");
        Line($"| seed | {options.Seed} |");
        Line($"| versions | {string.Join("; ", figures.Versions)} |");
        Line($"| machine | {figures.Machine} |");
        Line();
        Line("## Faults by kind");
        Line();
        Line("| kind | of | how many |");
        Line("| --- | --- | ---: |");
        foreach (var kind in log.Faults.GroupBy(fault => (fault.Kind, fault.Target)).OrderBy(kind => kind.Key))
        {
            Line($"| {kind.Key.Kind} | {kind.Key.Target} | {kind.Count()} |");
        }

        Line();
        Line("## Comparisons");
        Line();
        Line("| | scores | answers | values | differences | caught up after | took |");
        Line("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var comparison in log.Comparisons)
        {
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"| {comparison.Number} | {comparison.Scores} | {comparison.Answers} | {comparison.Values} | {comparison.Differences.Count} | {comparison.CaughtUp.TotalSeconds:0.0} s | {comparison.Took.TotalSeconds:0.0} s |"));
        }

        return text.ToString();
    }
}
