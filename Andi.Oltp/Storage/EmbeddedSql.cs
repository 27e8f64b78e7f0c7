namespace Andi.Oltp.Storage;

/// <summary>The statements of the areas, each in a file of its own beside the code that runs it.</summary>
public static class EmbeddedSql
{
    /// <param name="path">Relative to the project: <c>Assessments/Scores/insert_scores.sql</c>.</param>
    public static string Read(string path)
    {
        using var stream = typeof(EmbeddedSql).Assembly.GetManifestResourceStream(path)
            ?? throw new InvalidOperationException($"Embedded file {path} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
