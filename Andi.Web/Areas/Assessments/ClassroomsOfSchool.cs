using Andi.Web.Apis;

namespace Andi.Web.Areas.Assessments;

/// <summary>Classrooms of a school that are compared.</summary>
/// <param name="WithoutScores">How many more there are that have no score in the test.</param>
/// <param name="NextCursor">Null on the last page.</param>
internal sealed record ComparedClassrooms(IReadOnlyList<Group> Groups, int WithoutScores, string? NextCursor);

/// <summary>How the classrooms of a school did in a test. The read API compares no classrooms, so each is asked about: as many as a page has at most.</summary>
internal sealed class ClassroomsOfSchool(ReadApi api, WebAreas areas)
{
    /// <summary>Classrooms of a page.</summary>
    public const int PageSize = 60;

    /// <param name="before">The year that changes are since; null where there is none.</param>
    public async Task<ComparedClassrooms> CompareAsync(string schoolId, string testId, string year, string? before, string? cursor)
    {
        var path = ApiPath.With("v1/classrooms", ("schoolId", schoolId), ("limit", $"{PageSize}"), ("cursor", cursor));
        if ((await api.GetAsync<Page<Listed>>(path)).Value is not { } page)
        {
            return new([], 0, null);
        }

        var answers = await ScoreQuestions.EachAsync(page.Items, async room =>
            (Room: room, Scores: await api.GetAsync<Page<ClassroomScores>>(ScoreQuestions.Path("classrooms", room.TeacherId, "scores", "all", testId))));
        var groups = answers.Select(answer => (answer.Room, Now: Of(answer.Scores, year), Before: Of(answer.Scores, before)))
            .Where(room => room.Now is not null)
            .Select(room => new Group(
                room.Room.TeacherId, room.Room.Name, room.Now!.StudentCount, room.Now.AvgScore, room.Now.MedianScore,
                Interval.Of(room.Now.AvgScore, room.Now.ScoreStdDev, room.Now.StudentCount), room.Before?.AvgScore,
                areas.PageOf("classroom", room.Room.TeacherId)))
            .ToList();
        return new(groups, page.Items.Count - groups.Count, page.NextCursor);
    }

    /// <summary>As the read API sorts its own comparisons: by name, else by number, and - before it turns it round.</summary>
    public static IReadOnlyList<Group> Sorted(IReadOnlyList<Group> groups, string? sort)
    {
        var isDescending = sort?.StartsWith('-') == true;
        var ascending = sort?.TrimStart('-') switch
        {
            "totalStudents" => groups.OrderBy(group => group.Count),
            "avgScore" => groups.OrderBy(group => group.Average),
            "medianScore" => groups.OrderBy(group => group.Median),
            _ => groups.OrderBy(group => group.Name, StringComparer.CurrentCulture),
        };
        return isDescending ? [.. ascending.Reverse()] : [.. ascending];
    }

    private static ClassroomScores? Of(Answer<Page<ClassroomScores>> answer, string? year) =>
        answer.Value?.Items.FirstOrDefault(scores => scores.SchoolYear == year && year is not null);

    private sealed record Listed(string TeacherId, string Name);

    private sealed record ClassroomScores(string SchoolYear, long? StudentCount, double? AvgScore, double? MedianScore, double? ScoreStdDev);
}
