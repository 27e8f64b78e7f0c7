using Andi.Audit;
using Andi.Oltp.Imports.Mapping;
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

    /// <summary>The fields that a file may have; one that ends with <c>&lt;name&gt;</c> stands for any of its kind.</summary>
    public IReadOnlyList<string> Fields => [.. Columns.SelectMany(column => column.Fields)];

    /// <summary>What a field holds.</summary>
    /// <param name="field">One of <see cref="Fields"/>.</param>
    public FieldKind KindOf(string field) => Columns.First(column => column.Fields.Contains(field)).KindOf(field);

    /// <summary>When a staged row happened, an SQL expression of type <c>date</c>; null where rows always count.</summary>
    public string? HappenedOnSql { get; init; }

    /// <summary>
    /// A statement that brings staged rows onto the scale of what they refer to, where a mapping asks for it. Parameters: whether values beyond an end of
    /// the scale become that end, and whether decimals that it does not have are rounded. Null: the rows have no scale.
    /// </summary>
    public string? FitSql { get; init; }

    /// <summary>The column of staged rows that names whose they are; null where they are of nobody.</summary>
    public string? SubjectColumn { get; init; }

    /// <summary>What only the database can tell, asked when a statement failed or rows were rejected before.</summary>
    public required IReadOnlyList<StagingCheck> Checks { get; init; }

    /// <summary>
    /// Statements for a mode, run in turn; the rows they affect are the rows written. They may assume that all is well: a violated constraint makes
    /// the checks find out what is not. The columns that they are told of are not in the file: what stands there of them stays.
    /// </summary>
    public required Func<ImportMode, IReadOnlyCollection<string>, IReadOnlyList<string>> StatementsFor { get; init; }
}

/// <summary>What is to be done with staged rows.</summary>
/// <param name="Mode">With rows whose key is in the table already.</param>
/// <param name="OnError">With the good rows where some are bad.</param>
/// <param name="IsDryRun">All is done, and undone.</param>
/// <param name="Absent">Columns that the rows say nothing of.</param>
/// <param name="Fit">How rows are brought onto their scale before they are checked; null: not at all.</param>
public sealed record ImportRequest(
    ImportMode Mode, ImportErrorMode OnError = ImportErrorMode.Abort, bool IsDryRun = false, IReadOnlyCollection<string>? Absent = null,
    ScaleFit? Fit = null)
{
    /// <summary>The mapping by which a file is read, as its profile is called; null where there is none.</summary>
    public string? Profile { get; init; }

    /// <summary>The file as it was sent is not known; what it was read as is.</summary>
    internal AuditEntry Audited(ImportDefinition definition, AuditCaller caller) => new(caller, AuditVerbs.Import, definition.Entity)
    {
        Detail = $"mode={Mode.ToString().ToLowerInvariant()}{(Profile is null ? "" : $" profile={Profile}")}",
    };
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
