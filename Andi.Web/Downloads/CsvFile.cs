using System.Text.Json;
using CsvHelper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.Web.Downloads;

/// <summary>Items of JSON as a file of CSV: a row for each, its fields in their order, values in an object under <c>field.name</c>.</summary>
internal static class CsvFile
{
    /// <param name="items">An array of objects.</param>
    /// <param name="name">Of the file, without its ending; what is no letter, digit or hyphen is left out.</param>
    public static FileContentHttpResult Of(JsonElement items, string name) => TypedResults.File(
        Write(items), "text/csv; charset=utf-8", $"{string.Concat(name.Where(letter => char.IsLetterOrDigit(letter) || letter == '-'))}.csv");

    // A spreadsheet takes a text that begins so for a formula, and runs it.
    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{text}" : text;

    private static byte[] Write(JsonElement items)
    {
        var rows = items.EnumerateArray().Select(item => FieldsOf(item, "").ToList()).ToList();
        var columns = rows.SelectMany(row => row.Select(field => field.Name)).Distinct(StringComparer.Ordinal).ToList();
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, leaveOpen: true))
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions(), leaveOpen: true))
        {
            foreach (var column in columns)
            {
                csv.WriteField(column);
            }

            csv.EndRecord();
            foreach (var row in rows)
            {
                var values = row.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
                foreach (var column in columns)
                {
                    csv.WriteField(values.GetValueOrDefault(column, ""));
                }

                csv.EndRecord();
            }
        }

        return bytes.ToArray();
    }

    private static IEnumerable<(string Name, string Value)> FieldsOf(JsonElement item, string prefix)
    {
        foreach (var property in item.EnumerateObject())
        {
            var name = prefix + property.Name;
            switch (property.Value.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var field in FieldsOf(property.Value, $"{name}."))
                    {
                        yield return field;
                    }

                    break;
                case JsonValueKind.String:
                    yield return (name, Harmless(property.Value.GetString()!));
                    break;
                case JsonValueKind.Null:
                    yield return (name, "");
                    break;
                default:
                    yield return (name, property.Value.GetRawText());
                    break;
            }
        }
    }
}
