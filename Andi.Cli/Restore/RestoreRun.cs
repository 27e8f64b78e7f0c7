using Andi.Cli.Backup;
using Andi.Cli.Check;
using Andi.Cli.Terminal;
using Andi.Kafka;
using Andi.Warehouse.Client;
using Npgsql;

namespace Andi.Cli.Restore;

/// <summary>
/// Verifies a backup, brings history and rows back into an empty Andi that runs, waits until the rows have come through relay and ingestor, and proves with the check that both
/// stores are equal.
/// </summary>
internal sealed class RestoreRun(NpgsqlDataSource ledger, ClickHouseClient warehouse, string oltp, KafkaConnection kafka, TimeSpan patience)
{
    /// <exception cref="CommandFailure">The backup is not whole, or the system not empty or not of its shape; nothing was restored then. Or the warehouse did not follow.</exception>
    public async Task<RestoreOutput> RunAsync(string folder, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        var manifest = BackupManifest.Read(folder);
        using (var step = begin("verifying the backup's files", manifest.Files.Count))
        {
            for (var i = 0; i < manifest.Files.Count; i++)
            {
                await TableFile.VerifyAsync(folder, manifest.Files[i], cancellationToken);
                step.Report(i + 1);
            }
        }

        var source = new SourceRestore(oltp);
        var history = new HistoryRestore(warehouse);
        await source.EnsureFitsAsync(manifest, cancellationToken);
        await history.EnsureFitsAsync(manifest, cancellationToken);
        await history.RunAsync(manifest, folder, begin, cancellationToken);
        var end = await source.RunAsync(manifest, folder, begin, cancellationToken);

        var asked = new CheckedWarehouse(warehouse);
        await new AppliedWait(ledger, patience).ForAsync(await asked.CurrentGenerationAsync(cancellationToken), end - 1, begin, cancellationToken);
        var check = await new CheckRun(ledger, asked, oltp, kafka, patience).RunAsync([.. CheckParts.All], begin, cancellationToken);
        return new RestoreOutput(
            check.Ok,
            Path.GetFullPath(folder),
            manifest.Position,
            manifest.Rows(BackupStore.Postgres),
            manifest.Rows(BackupStore.ClickHouse),
            check);
    }
}
