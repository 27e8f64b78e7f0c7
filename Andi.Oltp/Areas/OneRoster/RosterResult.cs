using Andi.Oltp.Validation;

namespace Andi.Oltp.Areas.OneRoster;

/// <summary>The result of an import of a set.</summary>
/// <param name="DryRun">Nothing was written; the numbers are those that would have been.</param>
/// <param name="Files">The files of the set that something was read from, each after those that it refers to.</param>
/// <param name="IgnoredFiles">The other ones.</param>
internal sealed record RosterResult(bool DryRun, IReadOnlyList<RosterFileResult> Files, IReadOnlyList<string> IgnoredFiles)
{
    public long Read => Files.Sum(file => file.Read);

    public long Written => Files.Sum(file => file.Written);

    public long Unchanged => Files.Sum(file => file.Unchanged);

    public long Removed => Files.Sum(file => file.Removed);

    public long Rejected => Files.Sum(file => file.Rejected);

    /// <summary>The rejected rows of all files, the first of each.</summary>
    public IReadOnlyList<RosterNote> Rejects => [.. Files.SelectMany(file => file.Rejects)];

    /// <summary>What was read in another way than it stands there, of all files.</summary>
    public IReadOnlyList<RosterNote> Warnings => [.. Files.SelectMany(file => file.Warnings)];

    /// <summary>422: rows were rejected, and so nothing was written.</summary>
    public ProblemException ToProblem()
    {
        var first = Rejects[0];
        return new ProblemException(
            StatusCodes.Status422UnprocessableEntity,
            "Rows were rejected; nothing was written.",
            $"{Rejected} of {Read} rows were rejected. The first, {first.File} line {first.Line}: {first.Field ?? "the row"} {first.Reason}")
        {
            Members = new Dictionary<string, object?>
            {
                ["read"] = Read,
                ["written"] = 0,
                ["unchanged"] = 0,
                ["removed"] = 0,
                ["rejected"] = Rejected,
                ["rejects"] = Rejects,
                ["warnings"] = Warnings,
                ["files"] = Files.Select(file => file with { Written = 0, Unchanged = 0, Removed = 0 }),
                ["ignoredFiles"] = IgnoredFiles,
            },
        };
    }

    /// <summary>422: the set as a whole is wrong, in a line of a file or in a file itself.</summary>
    public static ProblemException Wrong(string file, string reason, long? line = null) => new(
        StatusCodes.Status422UnprocessableEntity, "The set cannot be imported.", $"{file}{(line is null ? "" : $" line {line}")}: {reason}")
    {
        Errors = new Dictionary<string, string[]> { [line is null ? file : $"{file} line {line}"] = [reason] },
    };
}

/// <summary>What became of a file.</summary>
/// <param name="File">With <c>.csv</c>.</param>
/// <param name="Mode">As the manifest says: <c>bulk</c> or <c>delta</c>.</param>
/// <param name="Entity">What its rows become, several separated by commas; null where they only tell something of the rows of other files.</param>
internal sealed record RosterFileResult(string File, string Mode, string? Entity)
{
    /// <summary>Rows read, the header not counted.</summary>
    public long Read { get; init; }

    /// <summary>Rows inserted or changed.</summary>
    public long Written { get; init; }

    /// <summary>Rows that were there already, the same.</summary>
    public long Unchanged { get; init; }

    /// <summary>Rows that are gone from the tables.</summary>
    public long Removed { get; init; }

    /// <summary>Rows that are of no interest: users of other roles, organisations of other types.</summary>
    public long Ignored { get; init; }

    public long Rejected { get; init; }

    /// <summary>Columns that nothing was read from.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; init; } = [];

    public IReadOnlyList<RosterNote> Warnings { get; init; } = [];

    public IReadOnlyList<RosterNote> Rejects { get; init; } = [];
}

/// <summary>Something about a row.</summary>
/// <param name="Line">Of the file, counted from 1, the header being line 1.</param>
/// <param name="Field">The column, several separated by commas; null where it is the row as a whole.</param>
/// <param name="Reason">Continues the sentence that the field's name begins.</param>
internal sealed record RosterNote(string File, long Line, string? Field, string Reason);
