using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Ingestor.Ledger;
using Andi.Oltp.Areas;
using Andi.Topology;

namespace Andi.Cli.Migrate;

/// <summary>What was done to one store, or would be.</summary>
/// <param name="Store">As connection strings name it.</param>
/// <param name="Changes">Migrations, files or columns, in order; none where it is up to date.</param>
/// <param name="Warnings">What whoever migrates must know about them.</param>
internal sealed record MigratedStore(string Store, IReadOnlyList<string> Changes, IReadOnlyList<string> Warnings)
{
    public MigratedStore(string store, IReadOnlyList<string> changes)
        : this(store, changes, [])
    {
    }

    public void Print(bool isDryRun)
    {
        foreach (var change in Changes)
        {
            Console.WriteLine($"{Store}: {(isDryRun ? "would apply" : "applied")} {change}");
        }

        if (Changes.Count == 0)
        {
            Console.WriteLine($"{Store}: up to date");
        }

        foreach (var warning in Warnings)
        {
            Console.Error.WriteLine($"{Store}: warning: {warning}");
        }
    }
}

/// <summary>What <c>migrate --json</c> answers.</summary>
/// <param name="DryRun">Nothing was changed.</param>
/// <param name="Stores">Those that were named.</param>
internal sealed record MigrateOutput(bool DryRun, IReadOnlyList<MigratedStore> Stores)
{
    public void Print() => Console.WriteLine(JsonSerializer.Serialize(this, MigrateJson.Default.MigrateOutput));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(MigrateOutput))]
internal sealed partial class MigrateJson : JsonSerializerContext;

internal static class OltpMigration
{
    public static async Task<MigratedStore> RunAsync(string connectionString, bool isDryRun, CancellationToken cancellationToken) => new(
        ConnectionNames.Oltp,
        isDryRun ? await OltpMigrations.ReadPendingAsync(connectionString, cancellationToken)
            : await OltpMigrations.ApplyAsync(connectionString, cancellationToken));
}

internal static class LedgerMigration
{
    public static async Task<MigratedStore> RunAsync(string connectionString, bool isDryRun, CancellationToken cancellationToken) => new(
        ConnectionNames.Ingest,
        isDryRun ? await LedgerSchema.PendingAsync(connectionString, cancellationToken) : await LedgerSchema.MigrateAsync(connectionString, cancellationToken));
}
