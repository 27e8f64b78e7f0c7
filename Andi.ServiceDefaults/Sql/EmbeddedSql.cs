using System.Reflection;

namespace Andi.Sql;

/// <summary>The statements of a service, each in a file of its own beside the code that runs it, embedded under its path in the project.</summary>
public static class EmbeddedSql
{
    /// <summary>Reads a file of the calling assembly. Throws <see cref="InvalidOperationException"/> naming it where it is missing.</summary>
    /// <param name="path">Relative to the project: <c>Assessments/Scores/insert_scores.sql</c>.</param>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    public static string Read(string path)
    {
        using var stream = Assembly.GetCallingAssembly().GetManifestResourceStream(path)
            ?? throw new InvalidOperationException($"Embedded file {path} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
