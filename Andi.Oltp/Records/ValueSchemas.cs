using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Andi.Oltp.Validation;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Andi.Oltp.Records;

/// <summary>Says in the OpenAPI document what values are that are read by converters of our own, of which the framework knows nothing.</summary>
internal sealed class ValueSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        Describe(schema, context.JsonTypeInfo.Type, context.JsonPropertyInfo);
        return Task.CompletedTask;
    }

    /// <summary>Sets type and format where they are missing.</summary>
    /// <param name="type">Of the value.</param>
    /// <param name="property">Whose value it is; null where it is of none.</param>
    public static void Describe(OpenApiSchema schema, Type type, JsonPropertyInfo? property)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        var isNull = value == type ? default : JsonSchemaType.Null;
        var converter = property?.AttributeProvider?.GetCustomAttributes(typeof(JsonConverterAttribute), inherit: true)
            .OfType<JsonConverterAttribute>().FirstOrDefault()?.ConverterType;
        if (schema.Type is not null)
        {
            return;
        }

        (schema.Type, schema.Format) = value switch
        {
            _ when value == typeof(int) => (JsonSchemaType.Integer | isNull, "int32"),
            _ when value == typeof(DateOnly) => (JsonSchemaType.String | isNull, "date"),
            _ when converter == typeof(UtcInstantConverter) => (JsonSchemaType.String | isNull, "date-time"),
            _ when converter == typeof(TextOrNumberConverter) => (JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Null, null),
            _ => (schema.Type, schema.Format),
        };
    }
}
