using Andi.Oltp.Areas;
using Andi.Oltp.Requests;
using Andi.Oltp.Storage;

namespace Andi.Oltp.Imports;

/// <summary>What can be imported, of all areas.</summary>
public sealed class ImportCatalog(IdSource ids)
{
    private readonly Dictionary<string, ImportDefinition> _definitions =
        SubjectAreas.All.SelectMany(area => area.DefineImports(ids)).ToDictionary(definition => definition.Entity, StringComparer.Ordinal);

    public IEnumerable<string> Entities => _definitions.Keys;

    /// <exception cref="ProblemException">404 naming what there is.</exception>
    public ImportDefinition Find(string entity) => _definitions.TryGetValue(entity, out var definition)
        ? definition
        : throw new ProblemException(
            StatusCodes.Status404NotFound, "Not found.", $"There is no import of '{entity}'; there are {string.Join(", ", Entities)}.");
}
