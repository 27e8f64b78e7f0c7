using System.Text.Json;
using Andi.Oltp.Imports;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Records;

/// <summary>A field of a record as everything that does not read or write its value sees it.</summary>
/// <param name="Name">In JSON and in the header of a CSV file: <c>maxScore</c>.</param>
/// <param name="IsRequired">False: it may be missing or null.</param>
/// <param name="Check">The table's CHECK constraint; null where the type or a foreign key says enough.</param>
/// <param name="ColumnType">The column's PostgreSQL type, where it does not follow from the property's.</param>
/// <param name="Bounds">Of a number: for the OpenAPI document.</param>
/// <param name="ReferencedTable">The table whose key the field must be.</param>
/// <param name="Text">Of a text: which it may be.</param>
internal sealed record FieldShape(
    string Name, bool IsRequired, string? Check = null, string? ColumnType = null, NumberRule? Bounds = null, string? ReferencedTable = null,
    TextRule? Text = null)
{
    /// <summary>In the database: <c>max_score</c>; another name only where that is a reserved word of SQL.</summary>
    public string Column { get; init; } = ColumnOf(Name);

    public static string ColumnOf(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}

/// <summary>The shape of a record: its table, its key, and its fields.</summary>
internal interface IFieldList
{
    /// <summary>The type of the JSON body.</summary>
    Type BodyType { get; }

    /// <summary>The type of the row, which is also what is answered.</summary>
    Type RecordType { get; }

    /// <summary>In schema <c>public</c>; also what its import is called.</summary>
    string Table { get; }

    /// <summary>The key in JSON and in files: <c>testId</c>.</summary>
    FieldShape Key { get; }

    /// <summary>The other fields that a caller gives, in the order in which they are staged.</summary>
    IReadOnlyList<FieldShape> Shapes { get; }

    /// <summary>The lists of the body whose rows are in tables of their own.</summary>
    IReadOnlyList<string> Lists { get; }

    /// <summary>Those of the fields by whose values lists can be narrowed: references, and what the list of fields names.</summary>
    IReadOnlyList<FieldShape> Filters { get; }

    /// <summary>Whose rows the records are; null where they are of nobody in particular.</summary>
    RecordSubjects? Subjects { get; }
}

/// <summary>Says whose rows records are: of the people whom the audit log names with each write and each read.</summary>
/// <param name="IdProperty">By which answers name them, at any depth: <c>studentId</c>.</param>
/// <param name="Of">Of a record.</param>
/// <param name="Column">That names them in the record's own row; null where only its parts do.</param>
internal sealed record RecordSubjects(string IdProperty, Func<object, IEnumerable<string>> Of, string? Column);

/// <summary>
/// The fields of a record, each named once. Validation, the mapping to the record, the columns of imports and of staged rows, the table's CHECK
/// constraints and the bounds in the OpenAPI document follow from this list.
/// </summary>
/// <typeparam name="TBody">The JSON body; every field may be null in it.</typeparam>
/// <typeparam name="TRecord">The row.</typeparam>
/// <param name="table">The table, which is also what the import is called.</param>
/// <param name="key">The key in JSON.</param>
/// <param name="getKey">The key that a body gives; null where it gives none.</param>
/// <param name="setKey">Of a new record.</param>
internal sealed class FieldList<TBody, TRecord>(string table, string key, Func<TBody, string?> getKey, Action<TRecord, string> setKey) : IFieldList
    where TBody : class
    where TRecord : class
{
    private readonly List<Field> _fields = [];
    private readonly List<Action<TBody, FieldErrors>> _rules = [];
    private readonly List<PartList> _parts = [];
    private readonly HashSet<string> _filters = new(StringComparer.Ordinal);

    public Type BodyType => typeof(TBody);

    public Type RecordType => typeof(TRecord);

    public string Table => table;

    public FieldShape Key { get; } = new(key, IsRequired: true, TextRules.Id.Sql(FieldShape.ColumnOf(key)));

    public IReadOnlyList<FieldShape> Shapes => _fields.ConvertAll(one => one.Shape);

    public RecordSubjects? Subjects { get; private set; }

    public IReadOnlyList<string> Lists => _parts.ConvertAll(one => one.Name);

    public IReadOnlyList<FieldShape> Filters => [.. Shapes.Where(one => one.ReferencedTable is not null || _filters.Contains(one.Name))];

    /// <summary>When what a body records happened, in UTC; null where it does not say.</summary>
    public Func<TBody, DateOnly?> HappenedOn { get; private set; } = _ => null;

    /// <summary>The same of a row; null where rows always count.</summary>
    public string? HappenedOnSql { get; private set; }

    public IEnumerable<ImportColumn> ImportColumns => _fields.Select(one => one.Import);

    /// <summary>The key that the body gives; null where it gives none.</summary>
    public string? KeyOf(TBody body) => TextRules.Id.Normalize(getKey(body));

    /// <summary>Adds what is wrong with the body's fields; whether what they refer to exists is the database's to say.</summary>
    public void Validate(TBody body, FieldErrors errors)
    {
        _fields.ForEach(one => one.Validate(body, errors));
        _rules.ForEach(rule => rule(body, errors));
        _parts.ForEach(one => one.Validate(body, errors));
    }

    /// <summary>Makes the record of a validated body. What it takes over from others is still missing.</summary>
    public TRecord Create(string id, TBody body)
    {
        // Not `new()`: the compiler demands the required members there, and it is this list that sets them.
        var record = Activator.CreateInstance<TRecord>();
        setKey(record, id);
        Apply(body, record);
        return record;
    }

    /// <summary>Replaces all but the key, and what the record took over from others, by a validated body.</summary>
    public void Apply(TBody body, TRecord record)
    {
        _fields.ForEach(one => one.Apply(body, record));
        _parts.ForEach(one => one.Apply(body, record));
    }

    /// <summary>Writes a validated body as a staged row, as <see cref="RecordImport"/> orders the columns.</summary>
    /// <param name="id">As the caller gave it.</param>
    /// <param name="newId">In case there is none.</param>
    public void Stage(TBody body, long line, string? id, string newId, CopyRow copy)
    {
        copy.BeginRow(3 + _fields.Count);
        copy.BigInt(line);
        copy.OptionalText(id);
        copy.Text(newId);
        _fields.ForEach(one => one.Stage(body, copy));
    }

    /// <summary>The records are rows of people: each write and each read of one is in the audit log with their ids.</summary>
    /// <param name="idProperty">By which answers name them.</param>
    /// <param name="of">Of a record.</param>
    /// <param name="isInParts">Only rows of the record's parts name them.</param>
    public FieldList<TBody, TRecord> RowsOf(string idProperty, Func<TRecord, IEnumerable<string>> of, bool isInParts = false)
    {
        Subjects = new RecordSubjects(idProperty, record => of((TRecord)record), isInParts ? null : FieldShape.ColumnOf(idProperty));
        return this;
    }

    /// <summary>Lists can be narrowed by these texts, too. A table that grows large needs an index for each (<see cref="RecordTable.HasListIndex"/>).</summary>
    public FieldList<TBody, TRecord> FilteredBy(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _filters.Add(name);
        }

        return this;
    }

    public FieldList<TBody, TRecord> Text(string name, Func<TBody, string?> get, Action<TRecord, string> set, TextRule rule)
    {
        var shape = new FieldShape(name, IsRequired: true, rule.Sql(FieldShape.ColumnOf(name)), Text: rule);
        return Add(new Field(
            shape,
            ValueColumn.Text(name, shape.Column, rule),
            (body, errors) => errors.Text(name, rule.Normalize(get(body)), rule),
            (body, record) => set(record, rule.Normalize(get(body))!),
            (body, copy) => copy.Text(rule.Normalize(get(body))!)));
    }

    public FieldList<TBody, TRecord> OptionalText(string name, Func<TBody, string?> get, Action<TRecord, string?> set, TextRule rule)
    {
        var shape = new FieldShape(name, IsRequired: false, rule.Sql(FieldShape.ColumnOf(name)), Text: rule);
        return Add(new Field(
            shape,
            ValueColumn.Text(name, shape.Column, rule, isRequired: false),
            (body, errors) => errors.OptionalText(name, rule.Normalize(get(body)), rule),
            (body, record) => set(record, rule.Normalize(get(body))),
            (body, copy) => copy.OptionalText(rule.Normalize(get(body)))));
    }

    /// <summary>A text that is <paramref name="fallback"/> where it is not given.</summary>
    public FieldList<TBody, TRecord> Text(string name, Func<TBody, string?> get, Action<TRecord, string> set, TextRule rule, string fallback)
    {
        var shape = new FieldShape(name, IsRequired: false, rule.Sql(FieldShape.ColumnOf(name)));
        return Add(new Field(
            shape,
            ValueColumn.Text(name, shape.Column, rule, isRequired: false, fallback),
            (body, errors) => errors.OptionalText(name, rule.Normalize(get(body)), rule),
            (body, record) => set(record, rule.Normalize(get(body)) ?? fallback),
            (body, copy) => copy.Text(rule.Normalize(get(body)) ?? fallback)));
    }

    /// <summary>The id of a row in <paramref name="table"/>, whose key is called as this field.</summary>
    public FieldList<TBody, TRecord> Reference(string name, Func<TBody, string?> get, Action<TRecord, string> set, string table)
    {
        var shape = new FieldShape(name, IsRequired: true, ReferencedTable: table, Text: TextRules.Id);
        return Add(new Field(
            shape,
            ValueColumn.Text(name, shape.Column, TextRules.Id),
            (body, errors) => errors.Text(name, TextRules.Id.Normalize(get(body)), TextRules.Id),
            (body, record) => set(record, TextRules.Id.Normalize(get(body))!),
            (body, copy) => copy.Text(TextRules.Id.Normalize(get(body))!)));
    }

    /// <summary>A <c>numeric</c> of the rule's decimal places.</summary>
    public FieldList<TBody, TRecord> Number(string name, Func<TBody, decimal?> get, Action<TRecord, decimal> set, NumberRule rule) => Add(new Field(
        new FieldShape(name, IsRequired: true, rule.Sql(FieldShape.ColumnOf(name)), rule.NumericType, rule),
        ValueColumn.Numeric(name, FieldShape.ColumnOf(name), rule),
        (body, errors) => errors.Number(name, get(body), rule),
        (body, record) => set(record, rule.Stored(get(body)!.Value)),
        (body, copy) => copy.Numeric(get(body)!.Value, rule)));

    public FieldList<TBody, TRecord> OptionalNumber(string name, Func<TBody, decimal?> get, Action<TRecord, decimal?> set, NumberRule rule) => Add(new Field(
        new FieldShape(name, IsRequired: false, rule.Sql(FieldShape.ColumnOf(name)), rule.NumericType, rule),
        ValueColumn.Numeric(name, FieldShape.ColumnOf(name), rule, isRequired: false),
        (body, errors) => errors.OptionalNumber(name, get(body), rule),
        (body, record) => set(record, get(body) is { } value ? rule.Stored(value) : null),
        (body, copy) => copy.Optional(get(body), (row, value) => row.Numeric(value, rule))));

    /// <summary>A <c>numeric</c> that is <paramref name="fallback"/> where it is not given.</summary>
    public FieldList<TBody, TRecord> Number(string name, Func<TBody, decimal?> get, Action<TRecord, decimal> set, NumberRule rule, decimal fallback) =>
        Add(new Field(
            new FieldShape(name, IsRequired: false, rule.Sql(FieldShape.ColumnOf(name)), rule.NumericType, rule),
            ValueColumn.Numeric(name, FieldShape.ColumnOf(name), rule, isRequired: false, fallback),
            (body, errors) => errors.OptionalNumber(name, get(body), rule),
            (body, record) => set(record, rule.Stored(get(body) ?? fallback)),
            (body, copy) => copy.Numeric(get(body) ?? fallback, rule)));

    /// <summary>An <c>integer</c>.</summary>
    public FieldList<TBody, TRecord> WholeNumber(string name, Func<TBody, int?> get, Action<TRecord, int> set, NumberRule rule) => Add(new Field(
        new FieldShape(name, IsRequired: true, rule.Sql(FieldShape.ColumnOf(name)), Bounds: rule),
        ValueColumn.WholeNumber(name, FieldShape.ColumnOf(name), rule),
        (body, errors) => errors.Number(name, get(body), rule),
        (body, record) => set(record, get(body)!.Value),
        (body, copy) => copy.WholeNumber(get(body)!.Value)));

    public FieldList<TBody, TRecord> OptionalWholeNumber(string name, Func<TBody, int?> get, Action<TRecord, int?> set, NumberRule rule) => Add(new Field(
        new FieldShape(name, IsRequired: false, rule.Sql(FieldShape.ColumnOf(name)), Bounds: rule),
        ValueColumn.WholeNumber(name, FieldShape.ColumnOf(name), rule, isRequired: false),
        (body, errors) => errors.OptionalNumber(name, get(body), rule),
        (body, record) => set(record, get(body)),
        (body, copy) => copy.Optional(get(body), static (row, value) => row.WholeNumber(value))));

    /// <summary>A <c>smallint</c>.</summary>
    public FieldList<TBody, TRecord> SmallNumber(string name, Func<TBody, int?> get, Action<TRecord, short> set, NumberRule rule) => Add(new Field(
        new FieldShape(name, IsRequired: true, rule.Sql(FieldShape.ColumnOf(name)), Bounds: rule),
        ValueColumn.SmallInt(name, FieldShape.ColumnOf(name), rule),
        (body, errors) => errors.Number(name, get(body), rule),
        (body, record) => set(record, (short)get(body)!.Value),
        (body, copy) => copy.SmallInt((short)get(body)!.Value)));

    /// <summary>A <c>smallint</c> that is <paramref name="fallback"/> where it is not given.</summary>
    public FieldList<TBody, TRecord> SmallNumber(string name, Func<TBody, int?> get, Action<TRecord, short> set, NumberRule rule, short fallback) =>
        Add(new Field(
            new FieldShape(name, IsRequired: false, rule.Sql(FieldShape.ColumnOf(name)), Bounds: rule),
            ValueColumn.SmallInt(name, FieldShape.ColumnOf(name), rule, isRequired: false, fallback),
            (body, errors) => errors.OptionalNumber(name, get(body), rule),
            (body, record) => set(record, (short?)get(body) ?? fallback),
            (body, copy) => copy.SmallInt((short?)get(body) ?? fallback)));

    public FieldList<TBody, TRecord> OptionalSmallNumber(string name, Func<TBody, int?> get, Action<TRecord, short?> set, NumberRule rule) => Add(new Field(
        new FieldShape(name, IsRequired: false, rule.Sql(FieldShape.ColumnOf(name)), Bounds: rule),
        ValueColumn.SmallInt(name, FieldShape.ColumnOf(name), rule, isRequired: false),
        (body, errors) => errors.OptionalNumber(name, get(body), rule),
        (body, record) => set(record, (short?)get(body)),
        (body, copy) => copy.Optional((short?)get(body), static (row, value) => row.SmallInt(value))));

    /// <summary>A <c>timestamptz</c>.</summary>
    public FieldList<TBody, TRecord> Instant(string name, Func<TBody, DateTime?> get, Action<TRecord, DateTime> set, InstantRule rule) => Add(new Field(
        new FieldShape(name, IsRequired: true, rule.Sql(FieldShape.ColumnOf(name))),
        ValueColumn.Instant(name, FieldShape.ColumnOf(name), rule),
        (body, errors) => errors.Instant(name, get(body), rule),
        (body, record) => set(record, get(body)!.Value),
        (body, copy) => copy.Instant(get(body)!.Value)));

    /// <param name="column">Where the column is not called as the field.</param>
    public FieldList<TBody, TRecord> Date(
        string name, Func<TBody, DateOnly?> get, Action<TRecord, DateOnly> set, DateRule rule, string? column = null)
    {
        column ??= FieldShape.ColumnOf(name);
        return Add(new Field(
            new FieldShape(name, IsRequired: true, rule.Sql(column)) { Column = column },
            ValueColumn.Date(name, column, rule),
            (body, errors) => errors.Date(name, get(body), rule),
            (body, record) => set(record, get(body)!.Value),
            (body, copy) => copy.Date(get(body)!.Value)));
    }

    /// <param name="column">Where the column is not called as the field.</param>
    public FieldList<TBody, TRecord> OptionalDate(
        string name, Func<TBody, DateOnly?> get, Action<TRecord, DateOnly?> set, DateRule rule, string? column = null)
    {
        column ??= FieldShape.ColumnOf(name);
        return Add(new Field(
            new FieldShape(name, IsRequired: false, rule.Sql(column)) { Column = column },
            ValueColumn.Date(name, column, rule, isRequired: false),
            (body, errors) => errors.OptionalDate(name, get(body), rule),
            (body, record) => set(record, get(body)),
            (body, copy) => copy.Optional(get(body), static (row, value) => row.Date(value))));
    }

    /// <summary>A list in the body whose rows are in a table of their own: they are no column, and imports of this record leave them alone.</summary>
    public FieldList<TBody, TRecord> Parts(string name, Action<TBody, FieldErrors> validate, Action<TBody, TRecord> apply)
    {
        _parts.Add(new PartList(name, validate, apply));
        return this;
    }

    /// <summary>A field of a kind of its own.</summary>
    public FieldList<TBody, TRecord> Custom(
        FieldShape shape, ImportColumn import, Action<TBody, FieldErrors> validate, Action<TBody, TRecord> apply, Action<TBody, CopyRow> stage) =>
        Add(new Field(shape, import, validate, apply, stage));

    /// <summary>When what is recorded happened; so it can be told whether the warehouse still counts it.</summary>
    /// <param name="sql">The same of a row, as an SQL expression.</param>
    public FieldList<TBody, TRecord> Happened(Func<TBody, DateOnly?> get, string sql)
    {
        (HappenedOn, HappenedOnSql) = (get, sql);
        return this;
    }

    /// <summary>
    /// Adds a rule about several fields together. It also runs where one of them is missing or invalid; that error has then been added already.
    /// </summary>
    public FieldList<TBody, TRecord> Rule(Action<TBody, FieldErrors> validate)
    {
        _rules.Add(validate);
        return this;
    }

    private FieldList<TBody, TRecord> Add(Field field)
    {
        _fields.Add(field);
        return this;
    }

    private sealed record PartList(string Name, Action<TBody, FieldErrors> Validate, Action<TBody, TRecord> Apply);

    private sealed record Field(
        FieldShape Shape, ImportColumn Import, Action<TBody, FieldErrors> Validate, Action<TBody, TRecord> Apply, Action<TBody, CopyRow> Stage);
}
