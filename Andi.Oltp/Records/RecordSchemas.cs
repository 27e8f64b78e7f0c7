using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Andi.Oltp.Records;

/// <summary>Describes the bodies of records in the OpenAPI document: which fields are required, which are filled in, and the bounds of numbers.</summary>
internal sealed class RecordSchemas(IEnumerable<IFieldList> records) : IOpenApiSchemaTransformer
{
    private readonly Dictionary<Type, IFieldList> _records = records.ToDictionary(record => record.BodyType);

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is null && _records.TryGetValue(context.JsonTypeInfo.Type, out var record))
        {
            schema.Required = record.Shapes.Where(field => field.IsRequired).Select(field => field.Name).ToHashSet();
            var given = record.Shapes.Prepend(record.Key).Select(field => field.Name).Concat(record.Lists).ToHashSet(StringComparer.Ordinal);
            foreach (var (name, member) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            {
                if (member is OpenApiSchema filledIn && !given.Contains(name))
                {
                    filledIn.ReadOnly = true;
                }
            }

            foreach (var field in record.Shapes)
            {
                if (field.Bounds is { } bounds && schema.Properties?[field.Name] is OpenApiSchema property)
                {
                    property.Minimum = bounds.Min.ToString(CultureInfo.InvariantCulture);
                    property.Maximum = bounds.Max.ToString(CultureInfo.InvariantCulture);
                }
            }
        }

        return Task.CompletedTask;
    }
}
