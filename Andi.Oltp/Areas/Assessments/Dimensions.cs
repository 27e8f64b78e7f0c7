using System.Text;
using System.Text.Json;
using Andi.Oltp.Imports;
using Andi.Oltp.Imports.Mapping;
using Andi.Oltp.Records;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Areas.Assessments;

/// <summary>The scores of a test's dimensions by name: <c>{"algebra":85.5}</c>, written as <c>jsonb</c> with each number in its shortest form.</summary>
internal static class Dimensions
{
    public const int Max = 50;
    public static readonly TextRule Name = TextRules.Text(64);
    private const string NotAnObject = """must be a JSON object of numbers such as {"algebra": 85.5}""";

    // Whatever the names; the whole rule is one expression, so no function is needed that could be replaced under the rows.
    private const string Check =
        "jsonb_typeof(dimension_scores) = 'object' AND NOT jsonb_path_exists(dimension_scores, " +
        """'strict $.* ? (@.type() != "number" || @ < -99999.9999 || @ > 99999.9999 || (@ * 10000) % 1 != 0)')""";

    public static readonly FieldShape Field = new("dimensionScores", IsRequired: false, Check, "jsonb");

    public static void Validate(IReadOnlyDictionary<string, decimal> scores, FieldErrors errors)
    {
        if (scores.Count > Max)
        {
            errors.Add(Field.Name, $"has more than {Max} dimensions");
            return;
        }

        foreach (var (name, value) in scores)
        {
            if (Name.Check(Encoding.UTF8.GetBytes(name)) is { } reason)
            {
                errors.Add(Field.Name, $"has a name that {reason}");
            }

            errors.Number($"{Field.Name}.{name}", value, TestScale.Value);
        }
    }

    /// <summary>The key with its colon, escaped.</summary>
    public static byte[] Key(string name) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(name) + ":");

    /// <param name="units">As <see cref="TestScale.Value"/> counts them.</param>
    public static void Number(long units, CopyRow copy)
    {
        Span<byte> number = stackalloc byte[24];
        copy.Raw(number[..CsvNumber.Format(units, TestScale.Value.DecimalPlaces, number)]);
    }

    public static void Write(IReadOnlyDictionary<string, decimal> scores, CopyRow copy)
    {
        var start = copy.BeginJson();
        var separator = "{"u8;
        foreach (var (name, value) in scores)
        {
            copy.Raw(separator);
            copy.Raw(Key(name));
            Number(TestScale.Value.UnitsOf(value), copy);
            separator = ","u8;
        }

        copy.Raw(scores.Count == 0 ? "{}"u8 : "}"u8);
        copy.EndJson(start);
    }

    /// <summary>Checks a JSON text and writes it. Returns the reason why it is not allowed, or null.</summary>
    public static string? Copy(ReadOnlySpan<byte> json, CopyRow copy)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? CopyMembers(ref reader, copy) : NotAnObject;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter: an escaped lone surrogate in a name.
            return "is not valid JSON";
        }
    }

    private static string? CopyMembers(ref Utf8JsonReader reader, CopyRow copy)
    {
        var start = copy.BeginJson();
        copy.Raw("{"u8);
        HashSet<string> names = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (Name.Check(Encoding.UTF8.GetBytes(name)) is { } nameReason)
            {
                return $"has a name that {nameReason}";
            }

            if (!names.Add(name))
            {
                return $"has '{name}' twice";
            }

            if (names.Count > Max)
            {
                return $"has more than {Max} dimensions";
            }

            if (!reader.Read() || reader.TokenType != JsonTokenType.Number)
            {
                return $"has no number for '{name}'";
            }

            if (!reader.TryGetDecimal(out var value))
            {
                return $"has a number too large for '{name}'";
            }

            if (TestScale.Value.Check(value) is { } reason)
            {
                return $"'{name}' {reason}";
            }

            copy.Raw(names.Count == 1 ? ""u8 : ","u8);
            copy.Raw(Key(name));
            Number(TestScale.Value.UnitsOf(value), copy);
        }

        // Reads to the end: what follows the object is an error.
        while (reader.Read())
        {
        }

        copy.Raw("}"u8);
        copy.EndJson(start);
        return null;
    }
}

/// <summary>
/// <c>dimension_scores</c> from a CSV file: either one column <c>dimensionScores</c> of JSON, or a column <c>dimension:&lt;name&gt;</c> for each dimension,
/// whose empty cells are dimensions that the score does not have. Without any of them a score has no dimensions.
/// </summary>
internal sealed class DimensionScoresColumn() : ImportColumn(Dimensions.Field.Column, "jsonb")
{
    private const string Prefix = "dimension:";

    public override IReadOnlyList<string> Fields => [Dimensions.Field.Name, Prefix + "<name>"];

    public override FieldKind KindOf(string field) =>
        field == Dimensions.Field.Name ? FieldKind.Text : FieldKind.Number(TestScale.Value.DecimalPlaces);

    public override BoundColumn Bind(CsvHeader header)
    {
        var json = header.Take(Dimensions.Field.Name);
        var named = header.TakePrefixed(Prefix);
        if (json is not null && named.Count > 0)
        {
            throw CsvHeader.Wrong($"The header has both {Dimensions.Field.Name} and columns {Prefix}<name>; use one of the two ways.");
        }

        return json is { } index ? new JsonCell(index) : NamedCells.Create(named);
    }

    private sealed class JsonCell(int index) : BoundColumn
    {
        public override void Write(CsvCursor row, CopyRow copy, RowErrors errors)
        {
            if (Dimensions.Copy(row[index].IsEmpty ? "{}"u8 : row[index], copy) is { } reason)
            {
                errors.Add(Dimensions.Field.Name, reason);
            }
        }
    }

    private sealed class NamedCells(IReadOnlyList<(int Index, string Field, byte[] Key)> cells) : BoundColumn
    {
        public override bool IsAbsent => cells.Count == 0;

        public static NamedCells Create(IReadOnlyList<(int Index, string Suffix)> columns)
        {
            if (columns.Count > Dimensions.Max)
            {
                throw CsvHeader.Wrong($"The header has more than {Dimensions.Max} dimensions.");
            }

            var wrong = columns.Select(column => (column.Suffix, Reason: Dimensions.Name.Check(Encoding.UTF8.GetBytes(column.Suffix))))
                .FirstOrDefault(column => column.Reason is not null);
            return wrong.Reason is null
                ? new NamedCells([.. columns.Select(column => (column.Index, Prefix + column.Suffix, Dimensions.Key(column.Suffix)))])
                : throw CsvHeader.Wrong($"The name of the dimension '{wrong.Suffix}' {wrong.Reason}.");
        }

        public override void Write(CsvCursor row, CopyRow copy, RowErrors errors)
        {
            var start = copy.BeginJson();
            copy.Raw("{"u8);
            var isFirst = true;
            foreach (var (index, field, key) in cells)
            {
                if (row[index].IsEmpty)
                {
                    continue;
                }

                if (CsvNumber.Read(row[index], TestScale.Value, out var units) is { } reason)
                {
                    errors.Add(field, reason);
                    continue;
                }

                copy.Raw(isFirst ? ""u8 : ","u8);
                copy.Raw(key);
                Dimensions.Number(units, copy);
                isFirst = false;
            }

            copy.Raw("}"u8);
            copy.EndJson(start);
        }
    }
}
