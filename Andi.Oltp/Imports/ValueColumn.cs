using System.Globalization;
using Andi.Oltp.Imports.Mapping;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Imports;

/// <summary>A column whose value is one cell. An empty cell is null, unless the column has a default.</summary>
public sealed class ValueColumn : ImportColumn
{
    /// <summary>Writes the cell, or returns the reason why it is not allowed.</summary>
    public delegate string? CellWriter(ReadOnlySpan<byte> cell, CopyRow copy);

    private readonly string _field;
    private readonly bool _isRequired;
    private readonly CellWriter _write;
    private readonly Action<CopyRow> _writeEmpty;

    private ValueColumn(string field, string name, string type, bool isRequired, CellWriter write, Action<CopyRow>? writeEmpty = null)
        : base(name, type) =>
        (_field, _isRequired, _write, _writeEmpty) = (field, isRequired, write, writeEmpty ?? (copy => copy.Null()));

    public override IReadOnlyList<string> Fields => [_field];

    private FieldKind Kind { get; init; } = FieldKind.Text;

    public static ValueColumn Text(string field, string name, TextRule rule, bool isRequired = true, string? fallback = null) => new(
        field, name, "text", isRequired,
        (cell, copy) =>
        {
            var text = rule.Normalize(cell);
            if (rule.Check(text) is { } reason)
            {
                return reason;
            }

            copy.Text(text);
            return null;
        },
        fallback is null ? null : copy => copy.Text(fallback));

    /// <summary>A <c>numeric</c> of the rule's decimal places.</summary>
    public static ValueColumn Numeric(string field, string name, NumberRule rule, bool isRequired = true, decimal? fallback = null) =>
        Number(field, name, "numeric", rule, isRequired, (units, copy) => copy.Numeric(units, rule), UnitsOf(fallback, rule));

    /// <param name="rule">Of no decimal places, and within the type's range.</param>
    public static ValueColumn SmallInt(string field, string name, NumberRule rule, bool isRequired = true, decimal? fallback = null) =>
        Number(field, name, "smallint", rule, isRequired, (units, copy) => copy.SmallInt((short)units), UnitsOf(fallback, rule));

    /// <summary>A <c>jsonb</c>, which <paramref name="write"/> checks.</summary>
    public static ValueColumn Json(string field, string name, CellWriter write, Action<CopyRow> writeEmpty) =>
        new(field, name, "jsonb", isRequired: false, write, writeEmpty);

    /// <param name="rule">Of no decimal places, and within the type's range.</param>
    public static ValueColumn WholeNumber(string field, string name, NumberRule rule, bool isRequired = true) =>
        Number(field, name, "integer", rule, isRequired, (units, copy) => copy.WholeNumber((int)units));

    public static ValueColumn Instant(string field, string name, InstantRule rule) => new(field, name, "timestamptz", isRequired: true, (cell, copy) =>
    {
        if (!UtcInstant.TryRead(cell, out var instant))
        {
            return $"{UtcInstant.Expected}, not '{CsvNumber.Excerpt(cell)}'";
        }

        if (rule.Check(instant) is { } reason)
        {
            return reason;
        }

        copy.Instant(instant);
        return null;
    });

    public static ValueColumn Date(string field, string name, DateRule rule, bool isRequired = true) => new(field, name, "date", isRequired, (cell, copy) =>
    {
        if (!CsvDate.TryRead(cell, out var date))
        {
            return $"{DateRule.Expected}, not '{CsvNumber.Excerpt(cell)}'";
        }

        if (!rule.Allows(date))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{rule.Reason}, not {date:O}");
        }

        copy.Date(date);
        return null;
    })
    {
        Kind = FieldKind.Date,
    };

    public override FieldKind KindOf(string field) => Kind;

    public override BoundColumn Bind(CsvHeader header) => new Bound(this, _isRequired ? header.Require(_field) : header.Take(_field));

    private static ValueColumn Number(
        string field, string name, string type, NumberRule rule, bool isRequired, Action<long, CopyRow> write, long? fallback = null) => new(
        field, name, type, isRequired,
        (cell, copy) =>
        {
            if (CsvNumber.Read(cell, rule, out var units) is { } reason)
            {
                return reason;
            }

            write(units, copy);
            return null;
        },
        fallback is { } empty ? copy => write(empty, copy) : null)
        {
            Kind = FieldKind.Number(rule.DecimalPlaces),
        };

    private static long? UnitsOf(decimal? value, NumberRule rule) => value is { } given ? rule.UnitsOf(given) : null;

    private sealed class Bound(ValueColumn column, int? index) : BoundColumn
    {
        public override bool IsAbsent => index is null;

        public override void Write(CsvCursor row, CopyRow copy, RowErrors errors)
        {
            if (index is { } at && row[at] is { IsEmpty: false } cell)
            {
                if (column._write(cell, copy) is { } reason)
                {
                    errors.Add(column._field, reason);
                }
            }
            else if (column._isRequired)
            {
                errors.Add(column._field, FieldErrors.Required);
            }
            else
            {
                column._writeEmpty(copy);
            }
        }
    }
}
