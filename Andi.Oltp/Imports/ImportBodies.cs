using System.Text.Json.Nodes;
using Andi.Oltp.Imports.Mapping;
using Microsoft.OpenApi;

namespace Andi.Oltp.Imports;

/// <summary>The bodies that an import takes, for the OpenAPI document.</summary>
internal static class ImportBodies
{
    public static OpenApiRequestBody Describe() => new()
    {
        Required = true,
        Description = "The file itself, or a form with a part mapping and behind it a part file.",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [ImportUploads.CsvMediaType] = new() { Schema = Text() },
            [ImportUploads.FormMediaType] = new()
            {
                Schema = Object(new()
                {
                    ["mapping"] = Mapping(),
                    ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "The CSV file (text/csv)." },
                }, "file"),
                Encoding = new Dictionary<string, OpenApiEncoding>
                {
                    ["mapping"] = new() { ContentType = "application/json" },
                    ["file"] = new() { ContentType = ImportUploads.CsvMediaType },
                },
            },
        },
    };

    private static OpenApiSchema Mapping()
    {
        var mapping = Object(new()
        {
            ["columns"] = MapOf(Text(), "The field that each column of the file is; null: nothing is read from it."),
            ["constants"] = MapOf(Text(), "Values of fields that the file does not have."),
            ["values"] = MapOf(MapOf(Text()), "By field the value for each text of the file."),
            ["patterns"] = MapOf(Text(), "By field a regular expression whose one group is the part of the text that counts."),
            ["dateFormats"] = ListOf("Forms of dates beside ISO 8601, such as M/d/yyyy."),
            ["skipWithout"] = ListOf("Fields without which a row is passed over."),
            ["decimalComma"] = Flag("Decimals come behind a comma."),
            ["round"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Boolean | JsonSchemaType.Integer,
                Description = "Numbers with more decimals are rounded half away from zero: true, to as many as the field may have, or to so many.",
            },
            ["clamp"] = Flag("A score beyond an end of the test's scale becomes that end."),
            ["trim"] = Flag("White space around values does not count."),
            ["ignoreRest"] = Flag("Only the columns that are named are read."),
            ["lenientQuotes"] = Flag("Quotes may stand where RFC 4180 has none."),
            ["separator"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. FileMapping.Separators.Select(separator => (JsonNode)JsonValue.Create(separator.ToString()))],
                Description = "Between columns.",
            },
        });
        mapping.Description = "How the file is read; it comes before the file.";
        return mapping;
    }

    private static OpenApiSchema Object(Dictionary<string, IOpenApiSchema> members, params string[] required) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = members,
        Required = new HashSet<string>(required),
        AdditionalPropertiesAllowed = false,
    };

    private static OpenApiSchema MapOf(OpenApiSchema values, string? description = null) => new()
    {
        Type = JsonSchemaType.Object,
        AdditionalProperties = values,
        Description = description,
    };

    private static OpenApiSchema ListOf(string description) => new() { Type = JsonSchemaType.Array, Items = Text(), Description = description };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema Flag(string description) => new() { Type = JsonSchemaType.Boolean, Description = description };
}
