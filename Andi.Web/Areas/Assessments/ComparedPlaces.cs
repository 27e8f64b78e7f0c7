using Andi.Web.Apis;
using Microsoft.Extensions.Localization;

namespace Andi.Web.Areas.Assessments;

/// <summary>A page of a comparison, as the read API answers it.</summary>
public sealed record Comparison(string? SchoolYear, IReadOnlyList<Compared> Items, string? NextCursor);

/// <summary>The places within another, as groups.</summary>
internal sealed class ComparedPlaces(ReadApi api, ScoreQuestions questions, WebAreas areas, IStringLocalizer<AssessmentsTexts> text)
{
    private const int PageSize = 25;
    private const int Most = 1000;

    /// <param name="question">As <c>v1/districts/D1/schools/scores</c>.</param>
    public static string Path(string question, string? year, string? test, string? sort, string? cursor, int size = PageSize) =>
        ApiPath.With(question, ("schoolYear", year), ("testId", test), ("sort", sort), ("cursor", cursor), ("limit", $"{size}"));

    /// <summary>The places of a page, each with its average of the year before.</summary>
    /// <param name="kind">What they are: <c>school</c> or <c>district</c>.</param>
    /// <param name="before">The year that changes are since; null where there is none.</param>
    public async Task<IReadOnlyList<Group>> GroupsAsync(string question, string kind, IReadOnlyList<Compared> items, string testId, string? before)
    {
        var earlier = before is null ? null : api.GetAsync<Comparison>(Path(question, before, testId, null, null, Most));
        // An interval needs the spread: where the comparison does not say it, each place is asked for its own.
        var unknown = items.Where(item => item is { Id: not null, Suppressed: null, Interval: null, ScoreStdDev: null }).Select(item => item.Id!).ToList();
        var spreads = (await ScoreQuestions.EachAsync(unknown, async id => (Id: id, Years: await questions.TrendAsync($"{kind}s", id, testId))))
            .ToDictionary(one => one.Id, one => one.Years ?? []);
        var then = earlier is null ? [] : ((await earlier).Value?.Items ?? []).Where(item => item.Id is not null).ToDictionary(item => item.Id!);
        return
        [
            .. items.Select(item => new Group(
                item.Id ?? "", item.Id is null ? text["AllWithheld"] : item.Name ?? item.Id, item.TotalStudents, item.AvgScore, item.MedianScore,
                item.Interval ?? Interval.Of(item.AvgScore, item.ScoreStdDev ?? SpreadOf(item), item.TotalStudents),
                item.Id is null ? null : then.GetValueOrDefault(item.Id)?.AvgScore, item.Id is null ? null : areas.PageOf(kind, item.Id))),
        ];

        double? SpreadOf(Compared item) => item.Id is null ? null
            : spreads.GetValueOrDefault(item.Id)?.FirstOrDefault(year => year.SchoolYear == item.SchoolYear)?.ScoreStdDev;
    }
}
