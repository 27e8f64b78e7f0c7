using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Andi.Oltp.Imports;

/// <summary>Describes the parameters of imports and batches in the OpenAPI document.</summary>
internal sealed class ImportParameters(ImportCatalog catalog) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            (parameter.Description, var words) = parameter.Name switch
            {
                "entity" => ("What the rows of the file are.", catalog.Entities.Order(StringComparer.Ordinal)),
                "mode" => (
                    "A row whose key is there already is rejected (insert, the default), replaces what is there (upsert) or leaves it as it is (keep).",
                    Words<ImportMode>()),
                "onError" => (
                    "What happens to the good rows of a file that also has bad ones: nothing is written (abort, the default), or they are (skip).",
                    Words<ImportErrorMode>()),
                "dryRun" => ("True: tells what would happen, and writes nothing.", []),
                "ignoreUnknown" => ("True: columns that are not known are left out; else they make the file wrong.", []),
                "profile" => ("A mapping that Andi ships: how an export of another system is read (GET /v1/imports/profiles).", []),
                _ => (parameter.Description, Enumerable.Empty<string>()),
            };
            if (parameter.Schema is OpenApiSchema schema && words.Any())
            {
                schema.Enum = [.. words.Select(word => (JsonNode)word)];
            }
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<string> Words<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(name => name.ToLowerInvariant());
}
