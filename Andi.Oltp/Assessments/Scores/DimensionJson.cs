using System.Text;
using System.Text.Json;
using Andi.Oltp.Imports.Columns;
using Andi.Oltp.Imports.Copy;
using Andi.Oltp.Requests;

namespace Andi.Oltp.Assessments.Scores;

/// <summary>Writes <c>{"algebra":85.5}</c> as <c>jsonb</c>, each number in its shortest form.</summary>
internal static class DimensionJson
{
    private const string NotAnObject = """must be a JSON object of numbers such as {"algebra": 85.5}""";

    /// <summary>The key with its colon, escaped.</summary>
    public static byte[] Key(string name) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(name) + ":");

    public static void Number(long hundredths, CopyRow copy)
    {
        Span<byte> number = stackalloc byte[24];
        copy.Raw(number[..CsvNumber.Format(hundredths, number)]);
    }

    public static void Write(IReadOnlyDictionary<string, decimal> scores, CopyRow copy)
    {
        var start = copy.BeginJson();
        var separator = "{"u8;
        foreach (var (name, value) in scores)
        {
            copy.Raw(separator);
            copy.Raw(Key(name));
            Number((long)(value * 100), copy);
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
            if (AssessmentRules.DimensionName(Encoding.UTF8.GetBytes(name)) is { } nameReason)
            {
                return $"has a name that {nameReason}";
            }

            if (!names.Add(name))
            {
                return $"has '{name}' twice";
            }

            if (names.Count > AssessmentRules.MaxDimensions)
            {
                return $"has more than {AssessmentRules.MaxDimensions} dimensions";
            }

            if (!reader.Read() || reader.TokenType != JsonTokenType.Number)
            {
                return $"has no number for '{name}'";
            }

            if (!reader.TryGetDecimal(out var value))
            {
                return $"has a number too large for '{name}'";
            }

            if (NumberRule.Percentage.Check(value) is { } reason)
            {
                return $"'{name}' {reason}";
            }

            copy.Raw(names.Count == 1 ? ""u8 : ","u8);
            copy.Raw(Key(name));
            Number((long)(value * 100), copy);
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
