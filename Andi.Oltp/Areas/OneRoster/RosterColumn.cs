using System.Globalization;
using System.Text;
using Andi.Oltp.Imports;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Areas.OneRoster;

/// <summary>A text that was read from a row's cells, or the reason why they are not allowed.</summary>
internal readonly record struct CellText(string? Value, string? Reason = null)
{
    public static CellText Wrong(string reason) => new(null, reason);
}

/// <summary>
/// A column of a staged OneRoster row: a text made of one or several cells. Of a row that is to be deleted only what identifies it is read; the rest may be
/// empty there.
/// </summary>
/// <param name="name">The column in the database.</param>
/// <param name="fields">The cells, as the file's header calls them.</param>
/// <param name="read">Makes the text; a cell that the file does not have is an empty text.</param>
/// <param name="mayLack">Whether the header may lack the columns; what a cell must have is for <paramref name="read"/> to say.</param>
/// <param name="identifies">Whether it is read of a row that is to be deleted, too.</param>
/// <param name="about">The cells that messages name, where some are read for no more than what they say of the others; null: all.</param>
internal sealed class RosterColumn(
    string name, string[] fields, Func<string[], CellText> read, bool mayLack = false, bool identifies = false, string? about = null)
    : ImportColumn(name, "text")
{
    /// <summary>The status of a row that is to be deleted.</summary>
    public const string ToBeDeleted = "tobedeleted";

    private const string StatusField = "status";
    private const string Active = "active";

    private static readonly TextRule Statuses = TextRules.OneOf([Active, ToBeDeleted], word => word.ToLowerInvariant());

    /// <summary>The column <c>status</c>; a row that gives none is active.</summary>
    public static RosterColumn Status { get; } = new(
        "status", [StatusField], cells => cells[0].Length == 0 ? new CellText(Active) : Ruled(cells[0], Statuses), mayLack: true, identifies: true);

    public override IReadOnlyList<string> Fields => fields;

    /// <summary>A text that keeps a rule.</summary>
    public static RosterColumn Text(string name, string field, TextRule rule, bool isRequired = true, bool identifies = false) => new(
        name, [field], cells => cells[0].Length == 0 ? Missing(isRequired) : Ruled(cells[0], rule), identifies: identifies);

    /// <summary>The first of a list of texts that are separated by commas.</summary>
    public static RosterColumn First(string name, string field, TextRule rule) => new(
        name, [field], cells => List(cells[0]) is [var first, ..] ? Ruled(first, rule) : new CellText(null));

    /// <summary>A date, kept as <c>2026-08-15</c>; may be empty unless it is required.</summary>
    public static RosterColumn Date(string name, string field, bool isRequired = false, bool identifies = false) => new(
        name, [field], cells => cells[0].Length == 0 ? Missing(isRequired) : Day(cells[0]), identifies: identifies);

    /// <summary>A number with at most so many decimal places as the rule allows.</summary>
    public static RosterColumn Number(string name, string field, NumberRule rule) => new(
        name,
        [field],
        cells => cells[0].Length == 0
            ? new CellText(null)
            : CsvNumber.Read(Encoding.UTF8.GetBytes(cells[0]), rule, out _) is { } reason ? CellText.Wrong(reason) : new CellText(cells[0]));

    /// <summary>The text in the form that the rule keeps. A reason does not repeat it, as it may be a person's.</summary>
    public static CellText Ruled(string text, TextRule rule)
    {
        var kept = rule.Normalize(text)!;
        return rule.Check(Encoding.UTF8.GetBytes(kept)) is { } reason ? CellText.Wrong(reason) : new CellText(kept);
    }

    /// <summary>What a list in a cell has, separated by commas.</summary>
    public static string[] List(string cell) => cell.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public override BoundColumn Bind(CsvHeader header) => new Bound(
        this, [.. fields.Select(field => mayLack ? header.Take(field) : header.Require(field))], header.Take(StatusField));

    private static CellText Missing(bool isRequired) => isRequired ? CellText.Wrong(FieldErrors.Required) : new CellText(null);

    private static CellText Day(string cell) =>
        !CsvDate.TryRead(Encoding.UTF8.GetBytes(cell), out var date) ? CellText.Wrong($"{DateRule.Expected}, not '{TextForm.Excerpt(cell)}'")
        : DateRule.Recorded.Allows(date) ? new CellText(cell)
        : CellText.Wrong(string.Create(CultureInfo.InvariantCulture, $"{DateRule.Recorded.Reason}, not {date:O}"));

    private sealed class Bound(RosterColumn column, int?[] cells, int? status) : BoundColumn
    {
        private readonly string[] _texts = new string[cells.Length];

        public override void Write(CsvCursor row, CopyRow copy, RowErrors errors)
        {
            if (!column.Identifies && status is { } at && TextOf(row, at).Equals(ToBeDeleted, StringComparison.OrdinalIgnoreCase))
            {
                copy.Null();
                return;
            }

            for (var index = 0; index < cells.Length; index++)
            {
                _texts[index] = cells[index] is { } cell ? TextOf(row, cell) : "";
            }

            var (value, reason) = column.Read(_texts);
            if (reason is not null)
            {
                errors.Add(column.About, reason);
            }

            copy.OptionalText(value);
        }

        private static string TextOf(CsvCursor row, int cell) => Encoding.UTF8.GetString(row[cell]).Trim();
    }

    private bool Identifies => identifies;

    private string About { get; } = about ?? string.Join(", ", fields);

    private CellText Read(string[] cells) => read(cells);
}
