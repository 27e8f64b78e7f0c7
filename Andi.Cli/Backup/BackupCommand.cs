using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Andi.Cli.Terminal;

namespace Andi.Cli.Backup;

/// <summary><c>backup</c>: copies both stores at one position into a folder.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Where to; is made, or must be empty." };
        var wait = new Option<TimeSpan>("--wait")
        {
            Description = "How long the warehouse may take to reach the position, as hh:mm:ss.",
            DefaultValueFactory = _ => TimeSpan.FromMinutes(5),
        };
        var json = new Option<bool>("--json") { Description = "Answer as JSON." };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "backup",
            "Copy both stores at one position into a folder while writes and reads go on: PostgreSQL's rows, and the history of changes that the "
            + "warehouse is derived from. Every file has a checksum; manifest.json is written last, so an interrupted backup has none. The files hold "
            + "personal data and are readable by their owner only. Ends with 0 if the backup is complete, else with 1.")
        {
            folder, wait, json, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var stores = RunningStores.Find(arguments.GetValue(runFile));
            await using var ledger = stores.OpenLedger();
            using var warehouse = stores.OpenWarehouse();
            var run = new BackupRun(ledger, warehouse, stores.Oltp, arguments.GetValue(wait));
            var output = await WorkProgress.RunAsync(begin => run.RunAsync(arguments.GetValue(folder)!, begin, cancellationToken));
            output.Print(arguments.GetValue(json));
            return 0;
        });
        return command;
    }
}

/// <summary>What <c>backup</c> answers, for people and for programs.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Position">Of both stores.</param>
/// <param name="Files">How many.</param>
/// <param name="PostgresRows">Of all tables.</param>
/// <param name="ClickHouseRows">Of all tables.</param>
/// <param name="Bytes">Of all files.</param>
/// <param name="Warnings">Where the stores do not agree at the position.</param>
internal sealed record BackupOutput(
    string Folder, string Position, int Files, long PostgresRows, long ClickHouseRows, long Bytes, IReadOnlyList<string> Warnings)
{
    public static BackupOutput Of(BackupManifest manifest, string folder, IReadOnlyList<string> warnings) => new(
        Path.GetFullPath(folder),
        manifest.Position,
        manifest.Files.Count,
        manifest.Rows(BackupStore.Postgres),
        manifest.Rows(BackupStore.ClickHouse),
        manifest.Files.Sum(file => file.Bytes),
        warnings);

    public void Print(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(this, BackupJson.Default.BackupOutput));
            return;
        }

        foreach (var warning in Warnings)
        {
            Console.WriteLine($"warning: {warning}");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Folder}: both stores at {Position}: {PostgresRows:N0} rows of PostgreSQL, {ClickHouseRows:N0} of ClickHouse, {Files} files, "
                + $"{Amount.Bytes(Bytes)}."));
    }
}
