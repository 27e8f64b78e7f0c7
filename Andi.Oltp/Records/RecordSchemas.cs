using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Andi.Oltp.Records;

/// <summary>Describes the bodies of records in the OpenAPI document: which fields are required, and the bounds of numbers.</summary>
internal sealed class RecordSchemas(IEnumerable<IFieldList> records) : IOpenApiSchemaTransformer
{
    private readonly Dictionary<Type, IFieldList> _records = records.ToDictionary(record => record.BodyType);

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is null && _records.TryGetValue(context.JsonTypeInfo.Type, out var record))
        {
            schema.Required = record.Shapes.Where(field => field.IsRequired).Select(field => field.Name).ToHashSet();
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
