using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Andi.ApiDescription;

/// <summary>Describes types and properties in the OpenAPI document by their documentation comments.</summary>
internal sealed class CommentedSchemas(DocumentationComments comments) : IOpenApiSchemaTransformer
{
    // Of a schema that becomes a component: its name, and what stands beside the reference to it.
    private const string ComponentName = "x-schema-id";
    private const string ReferenceDescription = "x-ref-description";

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        schema.Description ??= comments.Of(context.JsonTypeInfo.Type);
        if (context.JsonPropertyInfo?.AttributeProvider is PropertyInfo property && (comments.Of(property) ?? UnitOf(property.Name)) is { } text)
        {
            if (schema.Metadata?.TryGetValue(ComponentName, out var name) == true && name is string { Length: > 0 })
            {
                schema.Metadata[ReferenceDescription] = text;
            }
            else
            {
                schema.Description = text;
            }
        }

        return Task.CompletedTask;
    }

    // Names of numbers end with it.
    private static string? UnitOf(string name) =>
        name.EndsWith("Seconds", StringComparison.Ordinal) ? "In seconds."
        : name.EndsWith("Ms", StringComparison.Ordinal) ? "In milliseconds."
        : null;
}
