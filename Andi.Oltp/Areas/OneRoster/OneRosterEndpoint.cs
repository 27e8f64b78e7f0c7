using System.ComponentModel.DataAnnotations;
using System.Text;
using Andi.Audit;
using Andi.Oltp.Imports;
using Andi.Oltp.Imports.Uploads;
using Andi.Oltp.Storage;
using Andi.Oltp.Validation;
using Andi.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Andi.Oltp.Areas.OneRoster;

/// <summary>Section <c>OneRoster</c> of the configuration.</summary>
internal sealed class OneRosterOptions
{
    /// <summary>How many bytes a set may have as it is sent. Default 256 MiB.</summary>
    [Range(1, long.MaxValue)]
    public long MaxUploadBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>How many bytes the files of a set may have unpacked, all together. Default 4 GiB.</summary>
    [Range(1, long.MaxValue)]
    public long MaxUnpackedBytes { get; set; } = 4L * 1024 * 1024 * 1024;
}

/// <summary><c>POST /v1/imports/oneroster</c>.</summary>
internal static class OneRosterEndpoint
{
    public static void MapOneRoster(this IEndpointRouteBuilder v1) => v1.MapPost("/imports/oneroster", PostAsync)
        .WithTags("imports")
        .WithName("import-oneroster")
        .Needs(Actions.Write, OneRosterArea.FolderName)
        .WithSummary("Import a set of OneRoster 1.1 CSV files.")
        .WithDescription(
            "A zip file, or a form with the files as parts. All of it is written in one transaction or nothing: where a row is rejected, the answer is 422 " +
            "and names file, line and field. Rows replace what is there under their ids; those of the status tobedeleted are removed, and no others. stateId " +
            "is the state of districts whose column metadata.stateId gives none. dryRun=true tells what would happen and writes nothing.")
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/zip"] = new() { Schema = file },
                    ["multipart/form-data"] = new()
                    {
                        Schema = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Properties = new Dictionary<string, IOpenApiSchema>
                            {
                                ["files"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = file },
                            },
                        },
                    },
                },
            };
            return Task.CompletedTask;
        })
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .WithMetadata(new DisableRequestSizeLimitAttribute())
        .DisableRequestTimeout();

    private static async Task<Ok<RosterResult>> PostAsync(
        string? stateId,
        bool? dryRun,
        HttpContext http,
        IOptions<OneRosterOptions> options,
        IOptions<UploadOptions> uploads,
        ImportGate gate,
        RosterImport import,
        CancellationToken cancellationToken)
    {
        var state = TextRules.Id.Normalize(stateId);
        if (state is not null && TextRules.Id.Check(Encoding.UTF8.GetBytes(state)) is { } reason)
        {
            throw ProblemException.Invalid(new Dictionary<string, string[]> { ["stateId"] = [reason] });
        }

        try
        {
            await using var package = await RosterPackage.ReceiveAsync(http.Request, options.Value, uploads.Value, cancellationToken);
            using var place = await gate.EnterAsync(cancellationToken);
            var (result, position) = await import.RunAsync(package, state, dryRun ?? false, AuditCaller.Of(http), cancellationToken);
            if (position is not null)
            {
                http.Response.Headers[CommitPosition.HeaderName] = position;
            }

            return TypedResults.Ok(result);
        }
        catch (InvalidDataException exception)
        {
            throw RosterResult.Wrong("the set", $"cannot be read: {exception.Message}");
        }
    }
}
