using System.Globalization;
using System.Text.Json;
using Andi.Cli.Terminal;

namespace Andi.Cli.Backup;

/// <summary>What <c>backup</c> answers, for people and for programs.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Position">Of both stores.</param>
/// <param name="Files">How many.</param>
/// <param name="PostgresRows">Of all tables.</param>
/// <param name="ClickHouseRows">Of all tables.</param>
/// <param name="Bytes">Of all files.</param>
/// <param name="Warnings">Where the stores do not agree at the position.</param>
internal sealed record BackupOutput(string Folder, string Position, int Files, long PostgresRows, long ClickHouseRows, long Bytes, IReadOnlyList<string> Warnings)
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
            $"{Folder}: both stores at {Position}: {PostgresRows:N0} rows of PostgreSQL, {ClickHouseRows:N0} of ClickHouse, {Files} files, {Amount.Bytes(Bytes)}."));
    }
}
