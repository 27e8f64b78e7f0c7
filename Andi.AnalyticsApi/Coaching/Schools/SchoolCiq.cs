namespace Andi.AnalyticsApi.Coaching.Schools;

/// <summary>A week of a school, named by its Monday.</summary>
internal sealed record SchoolWeek : LessonMeasures
{
    public DateOnly Week { get; init; }

    /// <summary>Teachers with sessions, of all subjects and grades.</summary>
    public long ActiveTeachers { get; init; }
}

internal sealed record SchoolCiq(string SchoolId, string SchoolName, string DistrictId, IReadOnlyList<SchoolWeek> Items);

/// <summary>A school among others.</summary>
/// <param name="Place">Counts the schools, best first; each has its own.</param>
/// <param name="Rank">The same for schools that are as good.</param>
/// <param name="Name">Null where the school is not known any more, as is its district then.</param>
internal sealed record RankedSchool(
    long Place,
    long Rank,
    string Id,
    string? Name,
    string? DistrictId,
    long SessionCount,
    long ActiveTeachers,
    double AvgCiqScore,
    double AvgEquityScore,
    double MedianEquityScore,
    double AvgWaitTimeSeconds,
    double AvgStudentEngagement,
    double AvgTeacherTalkRatio);

/// <summary>A page of a ranking.</summary>
/// <param name="NextCursor">For <c>cursor=</c> of the next page; null on the last.</param>
internal sealed record SchoolRanking(IReadOnlyList<RankedSchool> Items, string? NextCursor);
