using Andi.Oltp.Storage;
using Andi.Topology;

namespace Andi.Cli.Migrate;

internal static class OltpMigration
{
    public static async Task<MigratedStore> RunAsync(string connectionString, bool isDryRun, CancellationToken cancellationToken) => new(
        ConnectionNames.Oltp,
        isDryRun ? await PendingMigrations.ReadAsync(connectionString, cancellationToken) : await OltpMigrations.ApplyAsync(connectionString, cancellationToken));
}
