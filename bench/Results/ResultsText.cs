using System.Globalization;
using System.Text;
using Andi.Bench.Measuring;

namespace Andi.Bench.Results;

/// <summary>A part's result as a section of RESULTS.md.</summary>
internal static class ResultsText
{
    public static string Of(KeptResult kept)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {kept.Part}\n\n{kept.Question}\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"`dotnet run -c Release --project bench -- {kept.Part}`, {kept.MeasuredAt:yyyy-MM-dd HH:mm} UTC, {kept.Took:h\\:mm\\:ss}; {kept.Machine}.\n\n");
        if (kept.Result.Goals.Count > 0)
        {
            text.Append("| target | min | median | max | |\n| --- | ---: | ---: | ---: | --- |\n");
            foreach (var goal in kept.Result.Goals)
            {
                var figures = goal.Figures;
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {figures.Name}: {(goal.IsCeiling ? "at most" : "at least")} {Number(goal.Target)} {figures.Unit} "
                    + $"| {Numbers(figures)} | {(goal.IsMet ? "met" : "**missed**")} |\n");
            }

            text.Append('\n');
        }

        text.Append("| measured | unit | min | median | max |\n| --- | --- | ---: | ---: | ---: |\n");
        foreach (var figures in kept.Result.Measured)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {figures.Name} | {figures.Unit} | {Numbers(figures)} |\n");
        }

        foreach (var note in kept.Result.Notes)
        {
            text.Append('\n').Append(note).Append('\n');
        }

        return text.ToString();
    }

    private static string Numbers(Figures figures) => $"{Number(figures.Min)} | {Number(figures.Median)} | {Number(figures.Max)}";

    // Three significant digits say all that such figures mean.
    private static string Number(double value) => value switch
    {
        0 => "0",
        >= 1_000 or <= -1_000 => Math.Round(value).ToString("N0", CultureInfo.InvariantCulture),
        _ => value.ToString(Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", >= 1 => "0.00", _ => "0.000" }, CultureInfo.InvariantCulture),
    };
}
