using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Cli.Erase;
using Andi.Security;

namespace Andi.Cli.Backup;

/// <summary>What a backup holds. It is written last: a folder without it is half a backup, and none.</summary>
/// <param name="Format">Of this file and those that it names; another one is not read.</param>
/// <param name="TakenAt">When the position was taken.</param>
/// <param name="Position">The LSN that both stores are copied at: what committed before it is in there, nothing else is.</param>
/// <param name="Generation">Of the warehouse's rows.</param>
/// <param name="Migrations">Those of the transactional database, as <c>area/migration</c>.</param>
/// <param name="Sequences">Where they stood.</param>
/// <param name="Files">In the order in which they are to be restored.</param>
/// <param name="Loads">Which loaded files the rows of the warehouse are of; without these none of them counts.</param>
/// <param name="Erased">Who had been erased by then.</param>
internal sealed record BackupManifest(
    int Format,
    DateTimeOffset TakenAt,
    string Position,
    uint Generation,
    IReadOnlyList<string> Migrations,
    IReadOnlyList<BackupSequence> Sequences,
    IReadOnlyList<BackupFile> Files,
    IReadOnlyList<LoadRecord>? Loads = null,
    IReadOnlyList<Tombstone>? Erased = null)
{
    public const int CurrentFormat = 2;
    private const string Name = "manifest.json";

    public IEnumerable<BackupFile> Of(BackupStore store) => Files.Where(file => file.Store == store);

    /// <summary>How many rows the files of a store hold.</summary>
    public long Rows(BackupStore store) => Of(store).Sum(file => file.Rows);

    public async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var unfinished = Path.Combine(folder, Name + ".tmp");
        await using (var target = OwnerOnly.Create(unfinished))
        {
            await JsonSerializer.SerializeAsync(target, this, BackupJson.Default.BackupManifest, cancellationToken);
        }

        File.Move(unfinished, Path.Combine(folder, Name));
    }

    /// <exception cref="CommandFailure">There is none, it makes no sense, or it is of another version.</exception>
    public static BackupManifest Read(string folder)
    {
        var file = Path.Combine(folder, Name);
        if (!File.Exists(file))
        {
            throw new CommandFailure(Directory.Exists(folder)
                ? $"{folder} is no whole backup: {Name} is missing, which is written last. Was it cut off?"
                : $"There is no folder {folder}.");
        }

        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllText(file), BackupJson.Default.BackupManifest);
            return manifest is { Format: CurrentFormat, Files: not null, Migrations: not null, Sequences: not null, Loads: not null }
                ? manifest
                : throw new CommandFailure($"{file} is of format {manifest?.Format}, which this version does not read.");
        }
        catch (JsonException damaged)
        {
            throw new CommandFailure($"{file} is damaged: {damaged.Message}");
        }
    }
}

internal enum BackupStore
{
    Postgres,
    ClickHouse,
}

/// <summary>One table, as a file.</summary>
/// <param name="Path">In the backup's folder.</param>
/// <param name="Store">Where it comes from.</param>
/// <param name="Table">With its schema or database.</param>
/// <param name="Columns">In the order in which the file has them.</param>
/// <param name="Rows">How many.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Sha256">Of the file, in hexadecimal digits.</param>
internal sealed record BackupFile(string Path, BackupStore Store, string Table, IReadOnlyList<string> Columns, long Rows, long Bytes, string Sha256);

/// <param name="Name">With its schema.</param>
/// <param name="Last">The value given out last.</param>
internal sealed record BackupSequence(string Name, long Last);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BackupManifest))]
[JsonSerializable(typeof(BackupOutput))]
internal sealed partial class BackupJson : JsonSerializerContext;

/// <summary>A file of a backup: compressed, and known by its size and checksum.</summary>
internal static class TableFile
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Writes a file, readable by its owner only, and waits until it is on disk.</summary>
    /// <param name="file">Must not be there.</param>
    /// <param name="write">Writes what is to be compressed.</param>
    /// <returns>Its size and checksum.</returns>
    public static async Task<(long Bytes, string Sha256)> WriteAsync(string file, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = BufferSize,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly.File;
        }

        await using (var target = new FileStream(file, options))
        {
            await using (var compressed = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            {
                await write(compressed);
            }

            await target.FlushAsync(cancellationToken);
            target.Flush(flushToDisk: true);
        }

        return (new FileInfo(file).Length, await ChecksumAsync(file, cancellationToken));
    }

    /// <summary>The rows of a file.</summary>
    public static Stream Open(string file) => new GZipStream(
        new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan),
            CompressionMode.Decompress);

    /// <exception cref="CommandFailure">The file is missing, or not what was written.</exception>
    public static async Task VerifyAsync(string folder, BackupFile file, CancellationToken cancellationToken)
    {
        // A manifest names files of its own folder only.
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var path = Path.GetFullPath(file.Path, root);
        if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(path))
        {
            throw new CommandFailure($"The backup is damaged: {file.Path} is missing.");
        }

        if (new FileInfo(path).Length != file.Bytes || await ChecksumAsync(path, cancellationToken) != file.Sha256)
        {
            throw new CommandFailure($"The backup is damaged: {file.Path} is not what was written; its size or checksum differs.");
        }
    }

    private static async Task<string> ChecksumAsync(string file, CancellationToken cancellationToken)
    {
        await using var content = new FileStream(
            file, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }
}
