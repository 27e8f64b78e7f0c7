using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Bench.Measuring;

namespace Andi.Bench.Results;

/// <summary>
/// RESULTS.md, and beside it the figures of each part as JSON, of which it is made anew whenever a part has run: a part that runs alone leaves the others as
/// they were measured.
/// </summary>
/// <param name="folder">Where both are.</param>
internal sealed class ResultsFile(string folder)
{
    private string Figures => Path.Combine(folder, "figures");

    public void Keep(KeptResult kept)
    {
        Directory.CreateDirectory(Figures);
        File.WriteAllText(Path.Combine(Figures, $"{kept.Part}.json"), JsonSerializer.Serialize(kept, KeptJson.Default.KeptResult) + "\n");
        File.WriteAllText(Path.Combine(folder, "RESULTS.md"), Text());
    }

    private string Text()
    {
        var parts = BenchRun.Parts.Select(part => Path.Combine(Figures, $"{part.Name}.json")).Where(File.Exists)
            .Select(file => JsonSerializer.Deserialize(File.ReadAllText(file), KeptJson.Default.KeptResult)!);
        return "# Results\n\nMade by the benchmark (`bench/README.md` tells what is compared, and how). Every figure is of at least "
            + "three runs; each ratio is between things measured in the same run.\n\n"
            + string.Join("\n", parts.Select(ResultsText.Of));
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeptResult))]
internal sealed partial class KeptJson : JsonSerializerContext;
