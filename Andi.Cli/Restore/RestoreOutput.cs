using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Cli.Check;

namespace Andi.Cli.Restore;

/// <summary>What <c>restore</c> answers, for people and for programs.</summary>
/// <param name="Ok">The check found no difference.</param>
/// <param name="Folder">The backup.</param>
/// <param name="Position">That both stores were copied at, in the system that the backup is of.</param>
/// <param name="PostgresRows">Brought back.</param>
/// <param name="ClickHouseRows">Of history, brought back.</param>
/// <param name="Check">What the check found afterwards.</param>
internal sealed record RestoreOutput(bool Ok, string Folder, string Position, long PostgresRows, long ClickHouseRows, CheckOutput Check)
{
    public void Print(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(this, RestoreOutputJson.Default.RestoreOutput));
            return;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Folder}: {PostgresRows:N0} rows of PostgreSQL as they were at {Position}, and {ClickHouseRows:N0} of the warehouse's history, are back."));
        Check.Print(asJson: false);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RestoreOutput))]
internal sealed partial class RestoreOutputJson : JsonSerializerContext;
