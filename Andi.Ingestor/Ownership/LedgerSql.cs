namespace Andi.Ingestor.Ownership;

/// <summary>Reads the ledger's embedded <c>.sql</c> files.</summary>
internal static class LedgerSql
{
    public static string Read(string file)
    {
        using var stream = typeof(LedgerSql).Assembly.GetManifestResourceStream($"Ownership.{file}")
            ?? throw new InvalidOperationException($"Embedded file {file} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
