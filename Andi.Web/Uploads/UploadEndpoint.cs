using System.Text.Json;
using Andi.Security;
using Andi.Topology;
using Andi.Web.Apis;
using Andi.Web.Areas;
using Andi.Web.Layout;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Andi.Web.Uploads;

/// <summary>
/// What the page of uploads posts: first a file to be looked at, then the same again to be imported. Nothing of it is kept here in between; that it is the
/// same says its SHA-256, which the page holds.
/// </summary>
internal static class UploadEndpoint
{
    public const string Path = "/upload";

    /// <summary>The field that says what is to be done: nothing in it means a look.</summary>
    public const string Import = "import";

    /// <summary>Problems of the page's own.</summary>
    public const string NoFile = "file", NoMapping = "mapping", TooLarge = "size", Another = "sha256";

    // The page itself takes a POST, too, as all pages do.
    private const int BeforePage = -1;

    private static readonly IReadOnlyList<string> Modes = ["insert", "upsert", "keep"];

    public static void AddUploads(this IServiceCollection services)
    {
        services.AddOptions<UploadOptions>().BindConfiguration(UploadOptions.Section).ValidateDataAnnotations().ValidateOnStart();
#pragma warning disable EXTEXP0001 // Its only other way is a handler of our own that does nothing.
        services.AddHttpClient<ImportApi>(http =>
            {
                http.BaseAddress = new Uri($"https+http://{ResourceNames.OltpApi}");
                http.Timeout = Timeout.InfiniteTimeSpan;
            })
            .RemoveAllResilienceHandlers()
            .AddHttpMessageHandler<VisitorHandler>();
#pragma warning restore EXTEXP0001
    }

    // Size and time have limits of their own.
    public static void MapUploads(this IEndpointRouteBuilder app) => app.MapPost(Path, PostAsync)
        .WithOrder(BeforePage)
        .WithMetadata(new DisableRequestSizeLimitAttribute(), new DisableRequestTimeoutAttribute());

    private static async Task<IResult> PostAsync(
        HttpContext http, IAntiforgery antiforgery, IOptions<AntiforgeryOptions> tokens, ImportApi api, WebAreas areas, IOptions<UploadOptions> options)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        deadline.CancelAfter(options.Value.Deadline);
        try
        {
            var form = await UploadForm.ReadAsync(http.Request, deadline.Token);
            // Where it would look itself is the form, all of which it would read and keep.
            http.Request.Headers[tokens.Value.HeaderName!] = form[tokens.Value.FormFieldName];
            if (!await antiforgery.IsRequestValidAsync(http))
            {
                throw new BadHttpRequestException("The form's token is missing, or of another visitor.");
            }

            var kind = areas.UploadsOf(Caller.Of(http.User), http.RequestServices).FirstOrDefault(one => one.Entity == form["entity"]);
            if (kind is not null)
            {
                return await PassOnAsync(form, kind, api, options.Value, deadline.Token);
            }

            await (form.File?.CopyToAsync(Stream.Null, deadline.Token) ?? Task.CompletedTask);
            return Page(StatusCodes.Status403Forbidden, form, new ApiProblem(StatusCodes.Status403Forbidden, null, new Dictionary<string, string[]>()));
        }
        catch (InvalidDataException malformed)
        {
            throw new BadHttpRequestException(malformed.Message, malformed);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The upload took too long.", StatusCodes.Status408RequestTimeout);
        }
    }

    private static async Task<IResult> PassOnAsync(
        UploadForm form, UploadKind kind, ImportApi api, UploadOptions options, CancellationToken cancellationToken)
    {
        if (form.File is null)
        {
            return Page(StatusCodes.Status400BadRequest, form, Own(NoFile));
        }

        string? mapping = null;
        try
        {
            mapping = kind.IsSet ? null : FileNotation.Mapping(form["separator"], form["notation"], form["mapping"]);
        }
        catch (JsonException)
        {
            await form.File.CopyToAsync(Stream.Null, cancellationToken);
            return Page(StatusCodes.Status400BadRequest, form, Own(NoMapping));
        }

        // Without a look there is nothing that somebody could have agreed to.
        var isImport = form[Import] != "" && form["sha256"] != "";
        using var file = new RelayedFile(form.File, kind.IsSet ? "application/zip" : "text/csv", options.MaxBytes, isImport ? form["sha256"] : null);
        var (answer, problem) = await api.SendAsync(PathOf(kind, form, isImport), file.Body(mapping), cancellationToken);
        if (file.Sha256 is null)
        {
            await file.DrainAsync(cancellationToken);
        }

        if (file.IsTooLarge)
        {
            return Page(StatusCodes.Status413PayloadTooLarge, form, Own(TooLarge));
        }

        if (file.IsAnother)
        {
            return Page(StatusCodes.Status409Conflict, form, Own(Another));
        }

        return isImport && problem is null
            ? TypedResults.LocalRedirect(ApiPath.With(
                Path, ("entity", kind.Entity), ("read", $"{answer!.Read}"), ("written", $"{answer.Written}"), ("removed", $"{answer.Removed}")))
            : Page(StatusOf(problem, isImport), form, problem, answer, file.Sha256);
    }

    private static string PathOf(UploadKind kind, UploadForm form, bool isImport) => ApiPath.With(
        ApiPath.Of($"v1/imports/{kind.Entity}"),
        ("dryRun", isImport ? null : "true"),
        ("mode", kind.IsSet || !Modes.Contains(form["mode"]) ? null : form["mode"]),
        ("ignoreUnknown", kind.IsSet || form["ignoreUnknown"] == "" ? null : "true"),
        ("profile", kind.IsSet ? null : form["profile"]),
        (kind.Parameter?.Name ?? "", kind.Parameter is { } further ? form[further.Name] : null));

    // Who asks what is wrong with a file is told: that is no refusal.
    private static int StatusOf(ApiProblem? problem, bool isImport) =>
        problem is null || (problem.Status == StatusCodes.Status422UnprocessableEntity && !isImport) ? StatusCodes.Status200OK : problem.Status;

    private static ApiProblem Own(string kind) => new(StatusCodes.Status400BadRequest, null, new Dictionary<string, string[]> { [kind] = [] });

    private static RazorComponentResult<FormPage> Page(
        int status, UploadForm form, ApiProblem? problem, ImportAnswer? answer = null, string? sha256 = null) => FormAnswer.With<UploadPage>(
        status,
        (nameof(UploadPage.Typed), form.Fields),
        (nameof(UploadPage.FileName), form.FileName),
        (nameof(UploadPage.Problem), problem),
        (nameof(UploadPage.Answer), answer),
        (nameof(UploadPage.Sha256), sha256));
}
