using System.ComponentModel.DataAnnotations;
using Andi.Audit;
using Andi.Oltp.Storage;
using Andi.Oltp.Validation;
using Andi.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Andi.Oltp.Imports;

/// <summary><c>POST /v1/imports/{entity}</c>.</summary>
internal static class ImportEndpoints
{
    public static void MapImports(this IEndpointRouteBuilder v1) => v1.MapPost("/imports/{entity}", PostAsync)
        .WithTags("imports")
        .WithName("import")
        .Needs(Actions.Write, "{entity}")
        .WithSummary("Import a CSV file of any size.")
        .WithDescription(
            "UTF-8, separated by commas, quoted as RFC 4180 says, with a header row whose columns may come in any order. All rows are written or none: " +
            "where one is rejected, the answer is 422 with the same members as that of a success, read, written (0), rejected and rejects (the first 100, " +
            "each with line, field and reason). A row whose key is in the table already is rejected; mode=upsert replaces what is there, mode=keep leaves " +
            "it; onError=skip writes the good rows and answers 200 with the rejected ones. A column that is not there leaves what stands as it is; one that " +
            "is not known makes the file wrong unless ignoreUnknown=true. dryRun=true tells what would happen and writes nothing. A file that was made for " +
            "others is read through a mapping: profile=NAME (GET /v1/imports/profiles), a part mapping of a form, or both.")
        // Described here rather than with Accepts, whose 415 would say nothing.
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = ImportBodies.Describe();
            return Task.CompletedTask;
        })
        .ProducesProblem(StatusCodes.Status408RequestTimeout)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithMetadata(new DisableRequestSizeLimitAttribute())
        .DisableRequestTimeout();

    private static async Task<Ok<ImportResult>> PostAsync(
        string entity,
        string? mode,
        string? onError,
        bool? dryRun,
        bool? ignoreUnknown,
        string? profile,
        HttpContext http,
        ImportCatalog catalog,
        ImportUploads uploads,
        ImportGate gate,
        StagedWrite write,
        CancellationToken cancellationToken)
    {
        var definition = catalog.Find(entity);
        var importMode = QueryChoice.Read("mode", mode, ImportMode.Insert);
        var errorMode = QueryChoice.Read("onError", onError, ImportErrorMode.Abort);
        await using var upload = await uploads.ReceiveAsync(http.Request, definition, profile, cancellationToken);
        using var place = await gate.EnterAsync(cancellationToken);
        using var reader = new CsvCursor(upload.File.Content, upload.Mapping?.Separator ?? ',', upload.Mapping?.LenientQuotes ?? false)
        {
            QuoteAdvice = "; a mapping with lenientQuotes reads it",
        };
        var csv = new CsvImport(definition, reader, upload.Mapping, ignoreUnknown ?? false);
        await csv.BeginAsync(cancellationToken);
        var request = new ImportRequest(importMode, errorMode, dryRun ?? false, csv.Absent, upload.Mapping?.Fit) { Profile = profile };
        var (result, position) = await write.RunAsync(definition, request, csv.StageAsync, AuditCaller.Of(http), finish: null, cancellationToken);
        result = result with { Skipped = csv.Skipped, IgnoredColumns = csv.Ignored, Rejects = [.. result.Rejects.Select(csv.WithColumn)] };
        if (position is not null)
        {
            http.Response.Headers[CommitPosition.HeaderName] = position;
        }
        else if (!result.DryRun)
        {
            throw Rejected(result);
        }

        return TypedResults.Ok(result);
    }

    private static ProblemException Rejected(ImportResult result)
    {
        var first = result.Rejects[0];
        var column = first.Column is null ? "" : $" (column '{first.Column}')";
        var field = first.Field is null ? "the row" : $"'{first.Field}'{column}";
        return new ProblemException(
            StatusCodes.Status422UnprocessableEntity,
            "Rows were rejected; nothing was written.",
            $"{result.Rejected} of {result.Read} rows were rejected. The first, line {first.Line}: {field} {first.Reason}")
        {
            Members = new Dictionary<string, object?>
            {
                ["read"] = result.Read,
                ["written"] = result.Written,
                ["unchanged"] = 0,
                ["rejected"] = result.Rejected,
                ["rejects"] = result.Rejects,
            },
        };
    }
}

/// <summary>Section <c>Imports</c> of the configuration.</summary>
public sealed class ImportOptions
{
    /// <summary>Imports at once; each holds a connection from when its file has come whole. Default 4.</summary>
    [Range(1, 100)]
    public int MaxConcurrent { get; set; } = 4;

    /// <summary>How long a further import waits for its turn before it is answered 503. Default 30 s.</summary>
    [Range(0, 3600)]
    public int WaitSeconds { get; set; } = 30;

    /// <summary>How long one statement on the staged rows may take. Default 15 minutes.</summary>
    [Range(1, 86_400)]
    public int StatementTimeoutSeconds { get; set; } = 900;

    /// <summary>How long an import waits for another one into the same table. Default 5 minutes.</summary>
    [Range(1, 86_400)]
    public int LockTimeoutSeconds { get; set; } = 300;

    /// <summary>Rejected rows that an answer lists; all are counted. Default 100.</summary>
    [Range(1, 10_000)]
    public int MaxListedRejects { get; set; } = 100;
}

/// <summary>Lets a few imports in at once, so that long uploads leave connections for other requests.</summary>
public sealed class ImportGate(IOptions<ImportOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.MaxConcurrent);

    /// <summary>Waits for a place; disposing what it returns gives it back.</summary>
    /// <exception cref="ProblemException">503: none became free in time.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken) =>
        await _places.WaitAsync(TimeSpan.FromSeconds(options.Value.WaitSeconds), cancellationToken)
            ? new Place(_places)
            : throw new ProblemException(
                StatusCodes.Status503ServiceUnavailable, "Too many imports.", $"{options.Value.MaxConcurrent} imports are running; try again later.");

    public void Dispose() => _places.Dispose();

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
