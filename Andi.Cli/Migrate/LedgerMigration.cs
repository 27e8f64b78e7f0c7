using Andi.Ingestor.Ledger;
using Andi.Topology;

namespace Andi.Cli.Migrate;

internal static class LedgerMigration
{
    public static async Task<MigratedStore> RunAsync(string connectionString, bool isDryRun, CancellationToken cancellationToken) => new(
        ConnectionNames.Ingest,
        isDryRun ? await LedgerSchema.PendingAsync(connectionString, cancellationToken) : await LedgerSchema.MigrateAsync(connectionString, cancellationToken));
}
