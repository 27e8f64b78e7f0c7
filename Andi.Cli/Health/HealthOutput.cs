using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Cli.Terminal;

namespace Andi.Cli.Health;

/// <summary>What <c>health</c> answers, for people and for programs.</summary>
/// <param name="Ok">Nothing is beyond its limit or unknown.</param>
/// <param name="At">When it was looked.</param>
internal sealed record HealthOutput(bool Ok, DateTimeOffset At, IReadOnlyList<Reading> Readings)
{
    public void Print(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(this, HealthJson.Default.HealthOutput));
            return;
        }

        var table = new TextTable("", "what", "of", "#is", "#limit", "");
        foreach (var reading in Readings)
        {
            table.Add(reading.Ok ? "ok" : "WRONG", reading.Check, reading.Subject, reading.ValueText, reading.LimitText, reading.Detail ?? "");
        }

        Console.Write(table);
        var wrong = Readings.Count(reading => !reading.Ok);
        Console.WriteLine(wrong == 0 ? "All is well." : $"{wrong} of {Readings.Count} are wrong.");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(HealthOutput))]
internal sealed partial class HealthJson : JsonSerializerContext;
