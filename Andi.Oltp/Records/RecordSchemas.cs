using System.Globalization;
using System.Text.Json;
using Andi.ApiDescription;
using Andi.Oltp.Validation;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Andi.Oltp.Records;

/// <summary>
/// Describes the bodies of records in the OpenAPI document: which fields are required, which are filled in, the bounds of numbers, and what the record says
/// of a field of which the body says nothing.
/// </summary>
internal sealed class RecordSchemas(IEnumerable<IFieldList> records, DocumentationComments comments) : IOpenApiSchemaTransformer
{
    private readonly Dictionary<Type, IFieldList> _records = records.ToDictionary(record => record.BodyType);

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (_records.TryGetValue(context.JsonTypeInfo.Type, out var record))
        {
            var required = record.Shapes.Where(field => field.IsRequired).Select(field => field.Name).ToHashSet();
            var fields = record.Shapes.Prepend(record.Key).ToDictionary(field => field.Name, StringComparer.Ordinal);
            schema.Required = required;
            foreach (var member in context.JsonTypeInfo.Properties)
            {
                if (schema.Properties?.TryGetValue(member.Name, out var described) == true && described is OpenApiSchema property)
                {
                    ValueSchemas.Describe(property, member.PropertyType, member);
                    property.ReadOnly = !fields.ContainsKey(member.Name) && !record.Lists.Contains(member.Name);
                    property.Description ??= DescriptionOf(record, member.Name);
                    Limit(property, fields.GetValueOrDefault(member.Name)?.Bounds);
                    if (required.Contains(member.Name))
                    {
                        property.Type &= ~JsonSchemaType.Null;
                    }
                }
            }
        }

        return Task.CompletedTask;
    }

    private static void Limit(OpenApiSchema property, NumberRule? bounds)
    {
        if (bounds is not null)
        {
            property.Minimum = bounds.Min.ToString(CultureInfo.InvariantCulture);
            property.Maximum = bounds.Max.ToString(CultureInfo.InvariantCulture);
        }
    }

    private string? DescriptionOf(IFieldList record, string member) => record.RecordType.GetProperties()
        .Where(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name) == member).Select(comments.Of).FirstOrDefault();
}
