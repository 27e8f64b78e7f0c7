namespace Andi.Ingestor.Landing;

/// <summary>Reads the embedded <c>.sql</c> files that are about landing tables.</summary>
internal static class LandingSql
{
    public static string Read(string file)
    {
        using var stream = typeof(LandingSql).Assembly.GetManifestResourceStream($"Landing.{file}")
            ?? throw new InvalidOperationException($"Embedded file {file} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
