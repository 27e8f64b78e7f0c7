using System.Text.Json;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Imports.Mapping;

/// <summary>Reads a mapping from JSON and checks it against the fields of its entity; everything that is wrong is told at once.</summary>
/// <param name="entity">For messages.</param>
/// <param name="fields">The fields that the entity has; <c>dimension:&lt;name&gt;</c> stands for any of its kind.</param>
/// <param name="allowsAlternatives">Whether a field may have several columns, of which a file has one: exports change their names over the years.</param>
internal sealed class MappingReader(string entity, IReadOnlyList<string> fields, bool allowsAlternatives = false)
{
    /// <summary>Of <c>round</c>: as many decimal places as the field may have.</summary>
    public const int AsAllowed = int.MaxValue;

    /// <summary>Of <c>round</c>: not at all, whatever a profile says.</summary>
    public const int Never = -1;

    private const int MaxDecimalPlaces = 4;
    private static readonly JsonDocumentOptions Options = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    internal static readonly string[] Members =
    [
        "columns", "constants", "values", "patterns", "dateFormats", "skipWithout", "decimalComma", "round", "clamp", "trim", "ignoreRest",
        "lenientQuotes", "separator",
    ];

    private readonly FieldErrors _errors = new();

    /// <exception cref="ProblemException">400 naming the members that are wrong, as <c>mapping.columns.Score</c>.</exception>
    public ImportMapping Read(ReadOnlyMemory<byte> json)
    {
        using var document = Parse(json);
        return Read(document.RootElement);
    }

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})"/>
    public ImportMapping Read(JsonElement json)
    {
        var mapping = new ImportMapping();
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in json.EnumerateObject())
            {
                _errors.Prefix = $"mapping.{member.Name}";
                mapping = Add(mapping, member);
            }
        }
        else
        {
            _errors.Add("mapping", "must be a JSON object");
        }

        _errors.Prefix = "mapping.";
        CheckFieldsAreGivenOnce(mapping);
        _errors.ThrowIfAny();
        return allowsAlternatives
            ? mapping
            : mapping with { Expected = [.. mapping.Columns.Where(column => column.Value is not null).Select(column => column.Key)] };
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, Options);
        }
        catch (JsonException exception)
        {
            throw ProblemException.Invalid(new Dictionary<string, string[]>
            {
                ["mapping"] = [$"is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1} of the line)"],
            });
        }
    }

    private ImportMapping Add(ImportMapping mapping, JsonProperty member) => member.Name switch
    {
        "columns" => mapping with { Columns = Object(member.Value, (name, value) => ColumnOf(name, value)) },
        "constants" => mapping with { Constants = OfFields(member.Value, (field, value) => TextOf(value, $".{field}")) },
        "values" => mapping with { Values = OfFields(member.Value, ValuesOf) },
        "patterns" => mapping with { Patterns = OfFields(member.Value, PatternOf) },
        "dateFormats" => mapping with { DateFormats = Texts(member.Value, CheckDateFormat) },
        "skipWithout" => mapping with { SkipWithout = Texts(member.Value, name => FieldOf("", name)) },
        "decimalComma" => mapping with { DecimalComma = Flag(member.Value) },
        "round" => mapping with { Round = Places(member.Value) },
        "clamp" => mapping with { Clamp = Flag(member.Value) },
        "trim" => mapping with { Trim = Flag(member.Value) },
        "ignoreRest" => mapping with { IgnoreRest = Flag(member.Value) },
        "lenientQuotes" => mapping with { LenientQuotes = Flag(member.Value) },
        "separator" => mapping with { Separator = SeparatorOf(member.Value) },
        _ => Unknown(mapping, member.Name),
    };

    private ImportMapping Unknown(ImportMapping mapping, string name)
    {
        Wrong("", $"is not a member of a mapping{Near(name, Members)}; there are {string.Join(", ", Members)}");
        return mapping;
    }

    private Dictionary<string, T> Object<T>(JsonElement json, Func<string, JsonElement, T> read)
    {
        var members = new Dictionary<string, T>();
        if (json.ValueKind != JsonValueKind.Object)
        {
            Wrong("", "must be a JSON object");
            return members;
        }

        foreach (var member in json.EnumerateObject())
        {
            members[member.Name] = read(member.Name, member.Value);
        }

        return members;
    }

    private Dictionary<string, T> OfFields<T>(JsonElement json, Func<string, JsonElement, T> read)
    {
        var byField = new Dictionary<string, T>();
        foreach (var (name, value) in Object(json, read))
        {
            if (FieldOf($".{name}", name) is { } field && !byField.TryAdd(field, value))
            {
                Wrong($".{name}", "is there more than once");
            }
        }

        return byField;
    }

    private string? ColumnOf(string column, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String
            ? FieldOf($".{column}", value.GetString()!)
            : Wrong($".{column}", "must be the name of a field, or null");
    }

    private string? FieldOf(string path, string name) => ColumnNames.FieldOf(name, fields)
        ?? Wrong(path, $"names '{name}', which {entity} do not have{Near(name, fields)}; known are {string.Join(", ", fields)}");

    private IReadOnlyDictionary<string, string> ValuesOf(string field, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Wrong($".{field}", """must be a JSON object such as {"F": "1"}""");
            return new Dictionary<string, string>();
        }

        return json.EnumerateObject().ToDictionary(value => value.Name, value => TextOf(value.Value, $".{field}.{value.Name}"));
    }

    private string? PatternOf(string field, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var pattern = json.ValueKind == JsonValueKind.String ? json.GetString()! : "";
        return CellPattern.Check(pattern) is { } reason ? Wrong($".{field}", reason) : pattern;
    }

    private string TextOf(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => json.GetRawText(),
        JsonValueKind.Null => "",
        _ => Wrong(path, "must be a text, a number, true, false or null") ?? "",
    };

    private List<string> Texts(JsonElement json, Func<string, string?> check)
    {
        if (json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String))
        {
            return [.. json.EnumerateArray().Select(text => check(text.GetString()!)).OfType<string>()];
        }

        Wrong("", "must be an array of texts");
        return [];
    }

    private string? CheckDateFormat(string format) => CellDates.Check(format) is { } reason ? Wrong("", reason) : format;

    private bool? Flag(JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return json.GetBoolean();
        }

        Wrong("", "must be true or false");
        return null;
    }

    private int? Places(JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return json.GetBoolean() ? AsAllowed : Never;
        }

        if (json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var places) && places is >= 0 and <= MaxDecimalPlaces)
        {
            return places;
        }

        Wrong("", $"must be true, false or the number of decimal places, 0 to {MaxDecimalPlaces}");
        return null;
    }

    private char? SeparatorOf(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String && json.GetString() is [var separator] && FileMapping.Separators.Contains(separator))
        {
            return separator;
        }

        Wrong("", """must be one of "," ";" "\t" "|" """.TrimEnd());
        return null;
    }

    private void CheckFieldsAreGivenOnce(ImportMapping mapping)
    {
        foreach (var same in mapping.Columns.Where(column => column.Value is not null).GroupBy(column => column.Value!))
        {
            if (same.Count() > 1 && !allowsAlternatives)
            {
                Wrong("columns", $"has several columns for {same.Key}: {string.Join(", ", same.Select(column => $"'{column.Key}'"))}");
            }
            else if (mapping.Constants.ContainsKey(same.Key))
            {
                Wrong("constants", $"has {same.Key}, which is the column '{same.First().Key}', too");
            }
        }

        if (mapping.Columns.Keys.GroupBy(ColumnNames.Key).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            Wrong("columns", $"has the column '{twice.First()}' more than once");
        }
    }

    private static string Near(string name, IEnumerable<string> known) => NearNames.Of(name, known) is { } near ? $" ({near}?)" : "";

    private string? Wrong(string path, string reason)
    {
        _errors.Add(path, reason);
        return null;
    }
}
