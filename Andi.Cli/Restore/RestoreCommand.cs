using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Cli.Backup;
using Andi.Cli.Check;
using Andi.Cli.Erase;
using Andi.Cli.Terminal;
using Andi.Warehouse.Client;
using Npgsql;

namespace Andi.Cli.Restore;

/// <summary><c>restore</c>: brings a backup back into an empty Andi, and proves that it is equal.</summary>
internal static class RestoreCommand
{
    private const int Differs = 3;

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The folder of the backup." };
        var wait = new Option<TimeSpan>("--wait")
        {
            Description = "How long the relay and the ingestor may take to bring the rows into the warehouse, as hh:mm:ss.",
            DefaultValueFactory = _ => TimeSpan.FromMinutes(30),
        };
        var tombstones = new Option<string?>("--tombstones")
        {
            Description = "A list that erase --list-to wrote: who is in it is erased from what comes back, as are those that the backup and this system "
                + "know of.",
            HelpName = "FILE",
        };
        var json = new Option<bool>("--json") { Description = "Answer as JSON, with what the check found." };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "restore",
            "Bring a backup back into an empty, running Andi. Every file is verified first; a damaged or unfinished backup, and a system that has "
            + "rows, are refused without any change. PostgreSQL's rows come back in one transaction; the relay and the ingestor bring them into the "
            + $"warehouse, and the check proves both equal. Ends with 0 if all is back and nothing differs, {Differs} if something differs, 1 if the "
            + "backup could not be restored.")
        {
            folder, tombstones, wait, json, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var stores = RunningStores.Find(arguments.GetValue(runFile));
            await using var ledger = stores.OpenLedger();
            using var warehouse = stores.OpenWarehouse();
            var run = new RestoreRun(ledger, warehouse, stores, arguments.GetValue(wait));
            var listed = arguments.GetValue(tombstones) is { } file ? Tombstones.ReadFile(file) : [];
            var output = await WorkProgress.RunAsync(begin => run.RunAsync(arguments.GetValue(folder)!, listed, begin, cancellationToken));
            output.Print(arguments.GetValue(json));
            return output.Ok ? 0 : Differs;
        });
        return command;
    }
}

/// <summary>
/// Verifies a backup, brings history and rows back into an empty Andi that runs, waits until the rows have come through relay and ingestor, and proves with
/// the check that both stores are equal.
/// </summary>
internal sealed class RestoreRun(NpgsqlDataSource ledger, ClickHouseClient warehouse, RunningStores stores, TimeSpan timeout)
{
    /// <exception cref="CommandFailure">The backup is not whole, or the system not empty or not of its shape; nothing was restored then. Or the warehouse did
    /// not follow.</exception>
    public async Task<RestoreOutput> RunAsync(
        string folder, IReadOnlyList<Tombstone> listed, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
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

        var source = new SourceRestore(stores.Oltp);
        var history = new HistoryRestore(warehouse);
        await source.EnsureFitsAsync(manifest, cancellationToken);
        await history.EnsureFitsAsync(manifest, cancellationToken);
        await history.RunAsync(manifest, folder, begin, cancellationToken);
        var erased = await ErasureReplay.CollectAsync(stores.Oltp, [.. manifest.Erased ?? [], .. listed], cancellationToken);
        await erased.InHistoryAsync(warehouse, begin, cancellationToken);
        var end = await source.RunAsync(manifest, folder, connection => erased.InSourceAsync(connection, cancellationToken), begin, cancellationToken);
        await erased.ClearAsync(ledger, warehouse, stores, timeout, begin, cancellationToken);

        var asked = new CheckedWarehouse(warehouse);
        await new AppliedWait(ledger, timeout).ForAsync(await asked.CurrentGenerationAsync(cancellationToken), end - 1, begin, cancellationToken);
        var check = await new CheckRun(ledger, asked, stores, timeout).RunAsync([.. CheckParts.All], begin, cancellationToken);
        return new RestoreOutput(
            check.Ok,
            Path.GetFullPath(folder),
            manifest.Position,
            manifest.Rows(BackupStore.Postgres),
            manifest.Rows(BackupStore.ClickHouse),
            check);
    }
}

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
            CultureInfo.InvariantCulture, $"{Folder}: {PostgresRows:N0} rows of PostgreSQL as they were at {Position}, and {ClickHouseRows:N0} of the "
                + $"warehouse's history, are back."));
        Check.Print(asJson: false);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RestoreOutput))]
internal sealed partial class RestoreOutputJson : JsonSerializerContext;
