namespace Andi.EmbeddedClickHouse.Deduplication;

/// <summary>What a killed engine has written down as inserted, and has not.</summary>
internal static class LostInserts
{
    /// <summary>
    /// Forgets them in all tables of a data folder, before an engine opens it, so that they can be repeated. Returns each table's folder with how many
    /// there were; none after an engine that was stopped.
    /// </summary>
    public static IReadOnlyList<(string TableFolder, int Blocks)> Forget(string dataPath)
    {
        var store = Path.Combine(dataPath, "store");
        return Directory.Exists(store)
            ? [.. Directory.EnumerateDirectories(store)
                .SelectMany(Directory.EnumerateDirectories)
                .Where(table => Directory.Exists(Path.Combine(table, DeduplicationLog.Folder)))
                .Select(table => (TableFolder: table, Blocks: DeduplicationLog.Settle(table)))
                .Where(settled => settled.Blocks > 0)]
            : [];
    }
}
