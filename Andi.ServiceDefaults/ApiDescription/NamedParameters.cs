using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Andi.ApiDescription;

/// <summary>Describes the parameters that mean the same in every operation: ids, and the two of pages.</summary>
internal sealed partial class NamedParameters : IOpenApiOperationTransformer
{
    private const int MaxPage = 1000;
    private const int DefaultPage = 100;

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            Describe(parameter);
        }

        return Task.CompletedTask;
    }

    private static void Describe(OpenApiParameter parameter)
    {
        switch (parameter.Name, parameter.In)
        {
            case ("limit", ParameterLocation.Query):
                parameter.Description = $"How many items the page has at most: 1 to {MaxPage}; {DefaultPage} where it is omitted.";
                parameter.Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Format = "int32",
                    Minimum = "1",
                    Maximum = $"{MaxPage}",
                    Default = DefaultPage,
                };
                break;
            case ("cursor", ParameterLocation.Query):
                parameter.Description = "The nextCursor of the page before; omitted: the first page.";
                break;
            case ("id", ParameterLocation.Path):
                parameter.Description ??= "The id.";
                break;
            case ({ } name, ParameterLocation.Path) when Id().Match(name) is { Success: true } id:
                parameter.Description ??= $"The id of the {id.Value}.";
                break;
            case ({ } name, ParameterLocation.Query) when Id().Match(name) is { Success: true } id:
                parameter.Description ??= $"Only what is of the {id.Value} with this id; omitted: of all.";
                break;
        }
    }

    [GeneratedRegex("^[a-z]+(?=Id$)")]
    private static partial Regex Id();
}
