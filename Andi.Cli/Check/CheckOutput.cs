using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Andi.Cli.Check;

/// <summary>What the check answers, for people and for programs.</summary>
/// <param name="Ok">Nothing differs.</param>
/// <param name="Generation">Whose rows were checked: the one that readers see.</param>
/// <param name="Position">Where PostgreSQL's rows were compared; null where they were not.</param>
internal sealed record CheckOutput(bool Ok, uint Generation, string? Position, IReadOnlyList<Findings> Findings)
{
    public void Print(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(this, CheckJson.Default.CheckOutput));
            return;
        }

        foreach (var finding in Findings.Where(finding => finding.Differences > 0))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{finding.Part}: {finding.Subject}: {finding.Differences:N0} differ"));
            foreach (var difference in finding.Shown)
            {
                Console.WriteLine($"  {difference.Key}\n    stands: {difference.Stands ?? "nothing"}\n    should: {difference.Should ?? "nothing"}");
            }

            if (finding.Differences > finding.Shown.Count)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  … and {finding.Differences - finding.Shown.Count:N0} more"));
            }
        }

        foreach (var part in Findings.GroupBy(finding => finding.Part))
        {
            var (compared, differ) = (part.Sum(finding => finding.Compared), part.Sum(finding => finding.Differences));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part.Key}: {compared:N0} compared in {part.Count()} places, {differ:N0} differ"));
        }

        Console.WriteLine($"{(Ok ? "All holds" : "It does not hold")}: generation {Generation}{(Position is null ? "" : $", PostgreSQL's rows at {Position}")}.");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CheckOutput))]
internal sealed partial class CheckJson : JsonSerializerContext;
