using System.Text.Json;
using Andi.Topology;

namespace Andi.Cli;

/// <summary>Finds and reads what a host wrote when all was healthy.</summary>
internal static class RunFileReader
{
    private static readonly string Name = Path.Combine(".andi", "run.json");

    /// <summary>The <c>.andi/run.json</c> of this folder or the nearest one above it.</summary>
    /// <param name="instead">What can be done where there is none.</param>
    /// <exception cref="CommandFailure">There is none.</exception>
    public static string Find(string instead)
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, Name);
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw new CommandFailure($"No {Name} here or above: is Andi running? Start it, or {instead}.");
    }

    /// <exception cref="CommandFailure">It cannot be read.</exception>
    public static RunFile Read(string file)
    {
        try
        {
            return RunFile.Read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CommandFailure($"{file} cannot be read: {exception.Message}");
        }
    }
}
