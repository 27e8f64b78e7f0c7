using Andi.Ingestor.Ownership;
using Andi.Topology;

namespace Andi.Cli.Migrate;

internal static class LedgerMigration
{
    public static async Task RunAsync(string connectionString, CancellationToken cancellationToken)
    {
        await LedgerSchema.MigrateAsync(connectionString, cancellationToken);
        Console.WriteLine($"{ConnectionNames.Ingest}: up to date");
    }
}
