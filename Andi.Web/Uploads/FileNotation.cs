using System.Text.Json;
using System.Text.Json.Nodes;

namespace Andi.Web.Uploads;

/// <summary>How a table was written: what a mapping of the write API says of it, in the choices that a person has.</summary>
internal static class FileNotation
{
    /// <summary>What can stand between columns; the first one is the write API's own.</summary>
    public static readonly IReadOnlyList<string> Separators = [",", ";", "\t", "|"];

    /// <summary>How dates and decimals are written; the first one is the write API's own.</summary>
    public static readonly IReadOnlyList<string> Notations = ["iso", "german", "spanish", "american"];

    /// <summary>The part <c>mapping</c> of an import; null where the file is read as it is.</summary>
    /// <param name="typed">JSON of the visitor's own; what it says goes before the choices.</param>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static string? Mapping(string separator, string notation, string typed)
    {
        var mapping = string.IsNullOrWhiteSpace(typed) ? [] : JsonNode.Parse(typed) as JsonObject ?? throw new JsonException();
        if (Separators.Skip(1).Contains(separator))
        {
            mapping.TryAdd("separator", separator);
        }

        if (Of(notation) is var (format, isComma))
        {
            mapping.TryAdd("dateFormats", new JsonArray(format));
            if (isComma)
            {
                mapping.TryAdd("decimalComma", true);
            }
        }

        return mapping.Count == 0 ? null : mapping.ToJsonString();
    }

    private static (string Format, bool IsComma)? Of(string notation) => notation switch
    {
        "german" => ("d.M.yyyy", true),
        "spanish" => ("d/M/yyyy", true),
        "american" => ("M/d/yyyy", false),
        _ => null,
    };
}
