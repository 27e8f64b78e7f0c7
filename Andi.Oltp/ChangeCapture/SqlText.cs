namespace Andi.Oltp.ChangeCapture;

/// <summary>Reads the relay's embedded <c>.sql</c> files.</summary>
internal static class SqlText
{
    public static string Read(string file)
    {
        using var stream = typeof(SqlText).Assembly.GetManifestResourceStream($"ChangeCapture.{file}")
            ?? throw new InvalidOperationException($"Embedded file {file} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
