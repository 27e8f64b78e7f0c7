using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Cli.Terminal;

namespace Andi.Cli.LoadTest;

/// <summary>What <c>load-test</c> answers, for people and for programs.</summary>
/// <param name="Ok">No request failed.</param>
/// <param name="Clients">At once.</param>
/// <param name="Seconds">From the first request to the last answer.</param>
/// <param name="Requests">By kind; all together last.</param>
internal sealed record LoadTestOutput(bool Ok, int Clients, double Seconds, IReadOnlyList<RequestTimes> Requests)
{
    public void Print(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(this, LoadTestJson.Default.LoadTestOutput));
            return;
        }

        var table = new TextTable("requests", "#number", "#per second", "#errors", "#median", "#p95", "#p99", "#longest", "");
        foreach (var kind in Requests)
        {
            table.Add(
                kind.Kind, Amount.Number(kind.Requests), Amount.Number(kind.PerSecond), Amount.Number(kind.Errors),
                Amount.Time(kind.Median), Amount.Time(kind.P95), Amount.Time(kind.P99), Amount.Time(kind.Longest), kind.FirstError ?? "");
        }

        Console.Write(table);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Clients} clients, each sending its next request when the one before was answered, for {Seconds:0.0} s."));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LoadTestOutput))]
internal sealed partial class LoadTestJson : JsonSerializerContext;
