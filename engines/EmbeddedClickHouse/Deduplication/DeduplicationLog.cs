using System.Globalization;
using System.Text;

namespace Andi.EmbeddedClickHouse.Deduplication;

/// <summary>
/// The blocks a table has taken, as ClickHouse writes them down: files <c>deduplication_log_N.txt</c> in the table's folder, a line
/// <c>1 or 2, part, block</c> with tabs between for each block that came (1) or went with its part (2).
/// </summary>
internal static class DeduplicationLog
{
    public const string Folder = "deduplication_logs";

    private const string Prefix = "deduplication_log_";
    private const string Came = "1";
    private const string Went = "2";

    /// <summary>
    /// Strikes off the blocks whose part is not there. ClickHouse 26.7 writes a block down and only then gives its part the name that counts, so a
    /// SIGKILL between the two leaves a line for rows that are lost, and the insert would be dropped as known when it is repeated. Must run while no
    /// engine has the table, and at each start: the next insert would take the number of the lost part.
    /// </summary>
    /// <returns>How many blocks were struck off.</returns>
    public static int Settle(string tableFolder)
    {
        var files = Directory.EnumerateFiles(Path.Combine(tableFolder, Folder), $"{Prefix}*.txt").OrderBy(Number).ToList();
        var noted = new Dictionary<string, string>();
        foreach (var line in files.SelectMany(WholeLines))
        {
            switch (line.Split('\t'))
            {
                case [Came, var part, var block]:
                    noted[block] = part;
                    break;
                case [Went, _, var block]:
                    noted.Remove(block);
                    break;
            }
        }

        var parts = Parts(tableFolder);
        var lost = noted.Where(pair => PartName.TryParse(pair.Value, out var part) && !parts[part.Partition].Any(there => there.Covers(part))).ToList();
        if (lost.Count > 0)
        {
            Append(files[^1], lost.Select(pair => $"{Went}\t{pair.Value}\t{pair.Key}\n"));
        }

        return lost.Count;
    }

    private static ILookup<string, PartName> Parts(string tableFolder) =>
        Directory.EnumerateDirectories(tableFolder)
            .Select(folder => (IsPart: PartName.TryParse(Path.GetFileName(folder), out var part), Part: part))
            .Where(found => found.IsPart)
            .ToLookup(found => found.Part.Partition, found => found.Part);

    /// <summary>The lines; one that a kill cut off at the end is removed from the file, for the engine would read no line behind it.</summary>
    private static string[] WholeLines(string file)
    {
        var text = File.ReadAllText(file, Encoding.UTF8);
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        if (whole.Length < text.Length)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Write);
            stream.SetLength(Encoding.UTF8.GetByteCount(whole));
        }

        return whole.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static void Append(string file, IEnumerable<string> lines)
    {
        using var stream = new FileStream(file, FileMode.Append, FileAccess.Write);
        stream.Write(Encoding.UTF8.GetBytes(string.Concat(lines)));
        stream.Flush(flushToDisk: true);
    }

    private static int Number(string file) => int.Parse(Path.GetFileNameWithoutExtension(file).AsSpan(Prefix.Length), CultureInfo.InvariantCulture);
}
