using System.Text.Json;

namespace Andi.Cli;

/// <summary>What a host wrote when all was healthy: where everything is. What it does not say is null.</summary>
internal sealed record RunFile(string? Oltp, string? Analytics, Dictionary<string, string>? Tokens, Dictionary<string, string>? ConnectionStrings, string? KafkaProtocol)
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
            return JsonSerializer.Deserialize<RunFile>(File.ReadAllText(file), JsonSerializerOptions.Web) ?? new RunFile(null, null, null, null, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CommandFailure($"{file} cannot be read: {exception.Message}");
        }
    }
}
