using Andi.Oltp.Imports.Columns;
using Andi.Oltp.Imports.Staging;

namespace Andi.Oltp.Imports;

/// <summary>
/// A table that <c>POST /v1/imports/{entity}</c> fills: how its columns are read, what must hold of the rows as a whole, and the statements that move
/// them from the temporary table <see cref="StagedRows"/> (column <c>line</c> and <see cref="Columns"/>) to their place. For a table whose rows are the
/// file's rows, <see cref="PlainTable"/> makes one.
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
