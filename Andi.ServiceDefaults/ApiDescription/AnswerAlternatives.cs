using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Andi.ApiDescription;

/// <summary>
/// Says that an answer is one of several kinds, where an operation's handler returns such results: <c>Results&lt;Ok&lt;One&gt;, Ok&lt;Many&gt;&gt;</c>. The
/// framework itself keeps the last.
/// </summary>
internal sealed class AnswerAlternatives : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var kinds = context.Description.ActionDescriptor.EndpointMetadata.OfType<IProducesResponseTypeMetadata>()
            .Where(produced => produced.Type is not null && produced.Type != typeof(void))
            .GroupBy(produced => produced.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture), produced => produced.Type!);
        foreach (var ofStatus in kinds)
        {
            Type[] types = [.. ofStatus.Distinct()];
            if (types.Length > 1 && operation.Responses?.TryGetValue(ofStatus.Key, out var response) == true
                && response.Content?.TryGetValue(Json, out var content) == true)
            {
                var schema = new OpenApiSchema { OneOf = [] };
                foreach (var type in types)
                {
                    var kind = await context.GetOrCreateSchemaAsync(type, null, cancellationToken);
                    context.Document!.AddComponent(type.Name, kind);
                    schema.OneOf.Add(new OpenApiSchemaReference(type.Name, context.Document));
                }

                content.Schema = schema;
            }
        }
    }
}
