using Andi.Oltp.Validation;

namespace Andi.Oltp.Imports;

/// <summary>
/// A table that <c>POST /v1/imports/{entity}</c> fills: how its columns are read, what must hold of the rows as a whole, and the statements that move
/// them from the temporary table <see cref="StagedRows"/> (column <c>line</c> and <see cref="Columns"/>) to their place.
/// </summary>
public sealed record ImportDefinition
{
    /// <summary>As in the path.</summary>
    public required string Entity { get; init; }

    /// <summary>The temporary table.</summary>
    public string StagedRows => $"import_{Entity}";

    /// <summary>In the order in which they are staged.</summary>
    public required IReadOnlyList<ImportColumn> Columns { get; init; }

    /// <summary>What only the database can tell, asked when a statement failed or rows were rejected before.</summary>
    public required IReadOnlyList<StagingCheck> Checks { get; init; }

    /// <summary>
    /// Statements for each mode, run in turn; the rows they affect are the rows written. They may assume that all is well: a violated constraint makes
    /// the checks find out what is not.
    /// </summary>
    public required IReadOnlyDictionary<ImportMode, IReadOnlyList<string>> Statements { get; init; }
}

/// <summary>What happens to a row whose key is in the table already.</summary>
public enum ImportMode
{
    /// <summary>It is rejected.</summary>
    Insert,

    /// <summary>It replaces the one in the table; one that is the same changes nothing.</summary>
    Upsert,

    /// <summary>It stays as it is; the row is counted as unchanged.</summary>
    Keep,
}

/// <summary>What happens to the good rows of a file that also has bad ones.</summary>
public enum ImportErrorMode
{
    /// <summary>Nothing is written.</summary>
    Abort,

    /// <summary>They are written; the answer lists the bad ones.</summary>
    Skip,
}

/// <summary>The imports of all areas by entity.</summary>
public sealed class ImportCatalog(IEnumerable<ImportDefinition> definitions)
{
    private readonly Dictionary<string, ImportDefinition> _definitions = definitions.ToDictionary(definition => definition.Entity, StringComparer.Ordinal);

    public IEnumerable<string> Entities => _definitions.Keys;

    /// <exception cref="ProblemException">404 listing the entities that exist.</exception>
    public ImportDefinition Find(string entity) => _definitions.TryGetValue(entity, out var definition)
        ? definition
        : throw new ProblemException(
            StatusCodes.Status404NotFound, "Not found.", $"There is no import of '{entity}'; there are {string.Join(", ", Entities)}.");
}
