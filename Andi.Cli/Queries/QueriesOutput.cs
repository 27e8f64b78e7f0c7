using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Cli.Terminal;

namespace Andi.Cli.Queries;

/// <summary>What <c>queries</c> answers, for people and for programs.</summary>
/// <param name="Ok">None failed.</param>
internal sealed record QueriesOutput(bool Ok, IReadOnlyList<QueryOutcome> Queries)
{
    public void Print(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(this, QueriesJson.Default.QueriesOutput));
            return;
        }

        var table = new TextTable("query", "asked for", "#time", "#rows", "");
        foreach (var query in Queries)
        {
            table.Add(
                query.Query,
                query.Variant,
                query.Milliseconds is { } time ? Amount.Time(time) : "",
                query.Rows is { } rows ? Amount.Number(rows) : "",
                query.Error is { } error ? $"FAILED: {error.ReplaceLineEndings(" ")}" : "");
        }

        Console.Write(table);
        var failed = Queries.Count(query => query.Error is not null);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Queries.Select(query => query.Query).Distinct().Count()} queries, asked {Queries.Count} times, {failed} failed"));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(QueriesOutput))]
internal sealed partial class QueriesJson : JsonSerializerContext;
