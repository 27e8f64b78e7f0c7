using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Andi.ApiDescription;

/// <summary>
/// Describes the errors of all operations in one place: which there are follows from the method, the path and the body. An operation itself only says what no
/// other has (422 of imports), or what cannot be seen in it.
/// </summary>
internal sealed class OperationErrors : IOpenApiDocumentTransformer
{
    private const string ProblemType = "application/problem+json";
    private const string ProblemSchema = "Problem";

    // Of the framework, for errors that operations describe themselves.
    private static readonly string[] FrameworkSchemas = ["ProblemDetails", "HttpValidationProblemDetails"];

    private static readonly Dictionary<int, (string Name, string Description)> Errors = new()
    {
        [StatusCodes.Status400BadRequest] = ("BadRequest", "What was sent is not valid; `errors` has the reasons by field or parameter."),
        [StatusCodes.Status401Unauthorized] = ("Unauthorized", "There is no bearer token, or it is not valid (any more)."),
        [StatusCodes.Status403Forbidden] = ("Forbidden", "The role of the token may not do this."),
        [StatusCodes.Status404NotFound] = ("NotFound", "There is nothing with that id, or nothing that the token may see."),
        [StatusCodes.Status408RequestTimeout] = ("RequestTimeout", "The body did not come in time; nothing was written."),
        [StatusCodes.Status409Conflict] = ("Conflict", "It is there already, or something refers to it; nothing was written."),
        [StatusCodes.Status412PreconditionFailed] = ("PreconditionFailed", "The record is not as `If-Match` or `If-None-Match` say; nothing was written."),
        [StatusCodes.Status413PayloadTooLarge] = ("PayloadTooLarge", "The body is larger than is allowed; nothing was written."),
        [StatusCodes.Status415UnsupportedMediaType] = ("UnsupportedMediaType", "The `Content-Type` or `Content-Encoding` is none that is read here."),
        [StatusCodes.Status422UnprocessableEntity] = ("Rejected", "Rows were rejected: `rejects` has line, field and reason of each; nothing was written."),
        [StatusCodes.Status429TooManyRequests] = ("TooManyRequests", "The caller has sent more requests than it may: wait."),
        [StatusCodes.Status503ServiceUnavailable] = ("Unavailable", "A store does not answer, or not yet at the wanted position: try again."),
    };

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.AddComponent(ProblemSchema, (IOpenApiSchema)Problem());
        foreach (var (path, item) in document.Paths)
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                var declared = operation.Responses ?? [];
                var responses = operation.Responses = [];
                foreach (var (code, response) in declared.Where(one => !IsDescribed(one.Key)).OrderBy(one => one.Key, StringComparer.Ordinal))
                {
                    responses[code] = response;
                }

                foreach (var status in Of(method, path, declared, operation).Distinct().Order())
                {
                    var (name, description) = Errors[status];
                    if (document.Components?.Responses?.ContainsKey(name) != true)
                    {
                        document.AddComponent(name, (IOpenApiResponse)Response(document, status, description));
                    }

                    responses[Code(status)] = new OpenApiResponseReference(name, document);
                }
            }
        }

        foreach (var unused in FrameworkSchemas)
        {
            document.Components?.Schemas?.Remove(unused);
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<int> Of(HttpMethod method, string path, OpenApiResponses declared, OpenApiOperation operation)
    {
        yield return StatusCodes.Status400BadRequest;
        yield return StatusCodes.Status401Unauthorized;
        yield return StatusCodes.Status403Forbidden;
        yield return StatusCodes.Status429TooManyRequests;
        yield return StatusCodes.Status503ServiceUnavailable;
        foreach (var status in Errors.Keys.Where(status => declared.ContainsKey(Code(status))))
        {
            yield return status;
        }

        if (path.Contains('{', StringComparison.Ordinal))
        {
            yield return StatusCodes.Status404NotFound;
        }

        // What rejects rows one by one says so instead.
        if (method != HttpMethod.Get && !declared.ContainsKey(Code(StatusCodes.Status422UnprocessableEntity)))
        {
            yield return StatusCodes.Status409Conflict;
        }

        if (method == HttpMethod.Put || method == HttpMethod.Delete)
        {
            yield return StatusCodes.Status412PreconditionFailed;
        }

        if (operation.RequestBody is not null)
        {
            yield return StatusCodes.Status408RequestTimeout;
            yield return StatusCodes.Status413PayloadTooLarge;
            yield return StatusCodes.Status415UnsupportedMediaType;
        }
    }

    private static bool IsDescribed(string code) =>
        int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && Errors.ContainsKey(status);

    private static string Code(int status) => status.ToString(CultureInfo.InvariantCulture);

    private static OpenApiResponse Response(OpenApiDocument document, int status, string description)
    {
        var response = new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType> { [ProblemType] = new() { Schema = new OpenApiSchemaReference(ProblemSchema, document) } },
        };
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Retry-After"] = new OpenApiHeader { Description = "Seconds.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
            };
        }

        return response;
    }

    private static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "An error as RFC 9457 describes it.",
        Required = new HashSet<string> { "status", "title" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("What kind of error it is, as a URI."),
            ["title"] = Text("The kind of error in words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
            ["detail"] = Text("What is wrong with this request."),
            ["instance"] = Text("The path of the request."),
            ["traceId"] = Text("Finds the spans and logs of the request."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Reasons by field or parameter; `[3].teacherId` is of the fourth object of a batch.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
