namespace Andi.Cli.Erase.Proof;

/// <summary>A place where a word was found.</summary>
/// <param name="Store">Whose file or table it is.</param>
/// <param name="Place">File or table.</param>
/// <param name="Offset">Of the first byte in the file, uncompressed where it is compressed; null in a table.</param>
/// <param name="Word">Which of the words, by its number: 0 is the id.</param>
/// <param name="Until">When, or with what, it goes by itself; null: never.</param>
internal sealed record Hit(string Store, string Place, long? Offset, int Word, string? Until);

/// <summary>A place that could not be searched.</summary>
/// <param name="Place">File or store.</param>
/// <param name="Why">Why not.</param>
internal sealed record Unsearched(string Place, string Why);
