using Andi.Oltp.Imports;

namespace Andi.Oltp.Areas.OneRoster;

/// <summary>A file whose rows are staged, and what became of them so far.</summary>
/// <param name="file">Which one.</param>
/// <param name="mode">As the manifest says.</param>
/// <param name="session">Of its staged rows.</param>
/// <param name="errors">Its rejected rows.</param>
internal sealed class StagedFile(RosterFile file, string mode, StagingSession session, RowErrors errors)
{
    public RosterFile File => file;

    public StagingSession Session => session;

    public RowErrors Errors => errors;

    public long Read { get; set; }

    /// <summary>Rows that were translated into rows of a table.</summary>
    public long Translated { get; set; }

    /// <summary>Of these, rows inserted or changed.</summary>
    public long Written { get; set; }

    public long Removed { get; set; }

    /// <summary>Rows that no table takes.</summary>
    public long Ignored { get; set; }

    public IReadOnlyList<string> IgnoredColumns { get; set; } = [];

    public List<RosterNote> Warnings { get; } = [];

    public RosterFileResult ToResult() => new(file.FileName, mode, EntityOf(file))
    {
        Read = Read,
        Written = Written,
        Unchanged = Translated - Written,
        Removed = Removed,
        Ignored = Ignored,
        Rejected = errors.Rows,
        IgnoredColumns = IgnoredColumns,
        Warnings = Warnings,
        Rejects = [.. errors.Listed.Select(reject => new RosterNote(file.FileName, reject.Line, reject.Field, reject.Reason))],
    };

    private static string? EntityOf(RosterFile file) =>
        string.Join(", ", RosterTarget.All.Where(target => target.File == file.Name).Select(target => target.Entity)) is { Length: > 0 } entities
            ? entities
            : null;
}
