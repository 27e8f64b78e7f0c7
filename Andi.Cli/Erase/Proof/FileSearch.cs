using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Andi.Cli.Terminal;
using Andi.Topology;

namespace Andi.Cli.Erase.Proof;

/// <summary>
/// Searches every byte of every file of folders: data of native stores, logs, exports, backups. Compressed files of backups are read; files that ClickHouse
/// compresses are searched by its tables instead (<see cref="WarehouseSearch"/>), and here, too, as a short block stands in them as it is.
/// </summary>
/// <param name="needles">What for.</param>
/// <param name="words">The words, in order.</param>
/// <param name="inactiveParts">Folders of ClickHouse's that it will remove.</param>
/// <param name="eventDays">Within how many days Kafka lets an event go; null: nobody here knows.</param>
internal sealed class FileSearch(Needles needles, IReadOnlyList<string> words, IReadOnlyList<string> inactiveParts, int? eventDays)
{
    private const long MostLocked = 64 * 1024 * 1024;
    private const string PostgresMark = "PG_VERSION";
    private const string KafkaMark = "recovery-point-offset-checkpoint";

    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly List<Hit> _hits = [];
    private readonly List<Unsearched> _unsearched = [];

    public IReadOnlyList<Hit> Hits => _hits;

    public IReadOnlyList<Unsearched> Unsearched => _unsearched;

    public long Files { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Whether files of PostgreSQL were among them.</summary>
    public bool SawPostgres { get; private set; }

    /// <summary>Whether files of Kafka were among them.</summary>
    public bool SawKafka { get; private set; }

    public async Task RunAsync(string folder, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            _unsearched.Add(new(folder, "there is no such folder"));
            return;
        }

        using var step = begin($"files of {folder}", null);
        foreach (var file in Directory.EnumerateFiles(Path.GetFullPath(folder), "*", All))
        {
            SawPostgres |= Path.GetFileName(file) == PostgresMark;
            SawKafka |= Path.GetFileName(file) == KafkaMark;
            await SearchAsync(file, cancellationToken);
            step.Report(++Files, null, "files");
        }
    }

    private async Task SearchAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var writtenAt = File.GetLastWriteTimeUtc(file);
            await using var raw = await OpenAsync(file, cancellationToken);
            Bytes += raw.Length;
            await using Stream content = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
            foreach (var (word, offset) in await needles.FindAsync(content, cancellationToken))
            {
                var (store, until) = Class(file, writtenAt);
                _hits.Add(new(store, file, offset, Number(word), until));
            }
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // A store has removed it since it was listed.
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            _unsearched.Add(new(file, unreadable.Message));
        }
    }

    // A file that a store has locked (its process id, say) is read all the same where locks are only advice, but not by .NET, which takes one itself.
    private static async Task<Stream> OpenAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (IOException) when (!OperatingSystem.IsWindows() && new FileInfo(file) is { Exists: true, Length: < MostLocked })
        {
            using var reader = Process.Start(new ProcessStartInfo("cat", ["--", file]) { RedirectStandardOutput = true })!;
            var content = new MemoryStream();
            await reader.StandardOutput.BaseStream.CopyToAsync(content, cancellationToken);
            await reader.WaitForExitAsync(cancellationToken);
            content.Position = 0;
            return reader.ExitCode == 0 ? content : throw new IOException($"The file is locked, and cat ended with {reader.ExitCode}.");
        }
    }

    private int Number(string word) => words.Select((one, index) => (one, index)).First(one => one.one == word).index;

    private (string Store, string? Until) Class(string file, DateTime writtenAt)
    {
        var parts = file.Split(Path.DirectorySeparatorChar);
        if (parts.Contains("pg_wal"))
        {
            return (ResourceNames.Postgres, "the next checkpoint, once every replication slot is past it");
        }

        if (parts.Contains(ResourceNames.KafkaBroker))
        {
            var until = eventDays is { } days
                ? (writtenAt + TimeSpan.FromDays(days)).ToString("u", CultureInfo.InvariantCulture)
                : "the broker's own retention.ms";
            return (ResourceNames.KafkaBroker, file.EndsWith(".log", StringComparison.Ordinal) ? until : null);
        }

        if (inactiveParts.Any(part => file.StartsWith(part, StringComparison.Ordinal)))
        {
            return (ResourceNames.ClickHouse, "ClickHouse removes replaced parts, eight minutes after");
        }

        return IsOfBackup(file) ? ("backup", "it is deleted; a restore of it erases again") : (StoreOf(parts), null);
    }

    private static string StoreOf(string[] parts) =>
        parts.Contains("logs") ? "logs"
        : parts.Contains(ResourceNames.Postgres) ? ResourceNames.Postgres
        : parts.Contains(ResourceNames.ClickHouse) ? ResourceNames.ClickHouse
        : "file";

    private static bool IsOfBackup(string file) =>
        Path.GetDirectoryName(file) is { } folder
        && Path.GetFileName(folder) is "postgres" or "clickhouse"
        && File.Exists(Path.Combine(folder, "..", "manifest.json"));
}
