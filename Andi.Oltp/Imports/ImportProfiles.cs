using System.Text.Json;
using System.Text.RegularExpressions;
using Andi.Oltp.Imports.Mapping;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Imports;

/// <summary>A mapping that an area ships for the export of another system.</summary>
/// <param name="Name">As in <c>?profile=</c>: the name of its file.</param>
/// <param name="Entity">The import that it is for.</param>
/// <param name="Purpose">Which export it reads, and what the caller has to add.</param>
/// <param name="Mapping">Its mapping.</param>
internal sealed record ImportProfile(string Name, string Entity, string Purpose, ImportMapping Mapping);

/// <summary>The profiles of all areas: the JSON files in their folders <c>Profiles</c>.</summary>
internal sealed partial class ImportProfiles
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    private readonly SortedDictionary<string, ImportProfile> _profiles = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">A profile is wrong, or two have one name.</exception>
    public ImportProfiles(ImportCatalog catalog)
    {
        var assembly = typeof(ImportProfiles).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            if (FileName().Match(resource) is { Success: true } match)
            {
                using var stream = assembly.GetManifestResourceStream(resource)!;
                var profile = Read(match.Groups["name"].Value, stream, catalog);
                if (!_profiles.TryAdd(profile.Name, profile))
                {
                    throw new InvalidOperationException($"Two areas have a profile '{profile.Name}'.");
                }
            }
        }
    }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyCollection<ImportProfile> All => _profiles.Values;

    /// <exception cref="ProblemException">404 listing the profiles that exist; 400 where it is for another entity.</exception>
    public ImportProfile Find(string name, ImportDefinition definition)
    {
        if (!_profiles.TryGetValue(name, out var profile))
        {
            var near = NearNames.Of(name, _profiles.Keys) is { } other ? $" ({other}?)" : "";
            throw new ProblemException(
                StatusCodes.Status404NotFound, "Not found.", $"There is no profile '{name}'{near}; there are {string.Join(", ", _profiles.Keys)}.");
        }

        return profile.Entity == definition.Entity ? profile : throw ProblemException.Invalid(new Dictionary<string, string[]>
        {
            ["profile"] = [$"'{name}' is for imports of {profile.Entity}, not of {definition.Entity}"],
        });
    }

    private static ImportProfile Read(string name, Stream file, ImportCatalog catalog)
    {
        try
        {
            using var document = JsonDocument.Parse(file, Options);
            var json = document.RootElement;
            var definition = catalog.Find(json.GetProperty("entity").GetString()!);
            var mapping = new MappingReader(definition.Entity, definition.Fields, allowsAlternatives: true).Read(json.GetProperty("mapping"));
            return new ImportProfile(name, definition.Entity, json.GetProperty("purpose").GetString()!, mapping);
        }
        catch (Exception exception) when (exception is ProblemException or JsonException or KeyNotFoundException)
        {
            throw new InvalidOperationException($"The profile '{name}' is wrong: {exception.Message}", exception);
        }
    }

    // As the project file names embedded files: by their path.
    [GeneratedRegex(@"^Areas/[^/]+/Profiles/(?<name>[^/]+)\.json$")]
    private static partial Regex FileName();
}
