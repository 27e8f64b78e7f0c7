using Andi.Security;
using Andi.Web.Apis;
using Andi.Web.Layout;
using Andi.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Andi.Web.Areas.Assessments;

/// <summary>
/// What the forms of scores post to. They post to their own pages, so that a page that comes back with what was typed has the address of the form.
/// </summary>
internal static class ScoreForms
{
    // The pages themselves take a POST, too, as all pages do.
    private const int BeforePages = -1;

    /// <summary>Whether a visitor may write scores; which ones is the API's to say.</summary>
    public static bool IsWriter(Caller? visitor) => visitor?.Role is Roles.Teacher or Roles.SchoolAdmin or Roles.Admin;

    public static string PathOf(string scoreId) => ApiPath.Of($"v1/scores/{scoreId}");

    /// <summary>Where a form leads back to, and how it says so.</summary>
    public static string WithReturn(FormattableString page, string returnUrl) => ApiPath.With(ApiPath.Of(page), ("returnUrl", returnUrl));

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/scores/{scoreId}/correct", CorrectAsync).WithOrder(BeforePages);
        app.MapPost("/scores/{scoreId}/remove", RemoveAsync).WithOrder(BeforePages);
        app.MapPost("/classrooms/{teacherId}/record", ClassroomRecord.RecordAsync).WithOrder(BeforePages)
            .WithFormOptions(valueCountLimit: ClassroomRecord.MaxValues);
    }

    private static async Task<IResult> CorrectAsync(
        string scoreId, [FromQuery] string? returnUrl, [FromForm] IFormCollection form, WriteApi api, CancellationToken cancellationToken)
    {
        var typed = TypedScore.Of(form);
        var etag = form["etag"].ToString();
        var (score, _, problem) = await api.GetAsync<StoredScore>(PathOf(scoreId), cancellationToken);
        if (score is not null)
        {
            var body = typed.Body(score.StudentId, score.TeacherId, score.TestId, score.SchoolYear);
            problem = (await api.PutAsync(PathOf(scoreId), body, etag, cancellationToken)).Problem;
        }

        return problem is null
            ? TypedResults.LocalRedirect(LocalPath.Of(returnUrl))
            : FormAnswer.With<CorrectScore>(
                problem.Status,
                (nameof(CorrectScore.ScoreId), scoreId),
                (nameof(CorrectScore.Typed), typed),
                (nameof(CorrectScore.TypedETag), etag),
                (nameof(CorrectScore.Problem), problem));
    }

    private static async Task<IResult> RemoveAsync(
        string scoreId, [FromQuery] string? returnUrl, [FromForm] string? etag, WriteApi api, CancellationToken cancellationToken)
    {
        var removed = await api.DeleteAsync(PathOf(scoreId), etag ?? "", cancellationToken);
        return removed.Problem is not { } problem
            ? TypedResults.LocalRedirect(LocalPath.Of(returnUrl))
            : FormAnswer.With<RemoveScore>(problem.Status, (nameof(RemoveScore.ScoreId), scoreId), (nameof(RemoveScore.Problem), problem));
    }
}
