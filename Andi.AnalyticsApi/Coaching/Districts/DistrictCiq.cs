using Andi.AnalyticsApi.Assessments.Distributions;

namespace Andi.AnalyticsApi.Coaching.Districts;

/// <summary>A month of a district. A correlation is null where one of its measures did not vary.</summary>
internal sealed record DistrictMonth : LessonMeasures
{
    public DateOnly Month { get; init; }

    /// <summary>Teachers with sessions, of all subjects and grades.</summary>
    public long ActiveTeachers { get; init; }

    public double? EngagementCiqCorrelation { get; init; }

    public double? EngagementWaitTimeCorrelation { get; init; }
}

/// <summary>How coaching goes as a whole. Averages are null where there is no session; changes, where there is none in as many months before.</summary>
/// <param name="PreviousSessionCount">In as many months before.</param>
/// <param name="ActiveTeachers">In sessions, resources or the community.</param>
/// <param name="LicensedTeachers">Who are known now.</param>
/// <param name="AdoptionRate">How many of the licensed were active, 0 to 1.</param>
internal sealed record Dashboard(
    long SessionCount,
    double? AvgCiqScore,
    double? AvgEquityScore,
    double? AvgWaitTimeSeconds,
    double? AvgStudentEngagement,
    double? AvgTeacherTalkRatio,
    long PreviousSessionCount,
    double? CiqScoreChange,
    double? EquityScoreChange,
    double? WaitTimeSecondsChange,
    double? StudentEngagementChange,
    long ResourceUseCount,
    long CommunityActivityCount,
    long ActiveTeachers,
    long LicensedTeachers,
    double? AdoptionRate);

/// <param name="Dashboard">Of all subjects and grades.</param>
internal sealed record DistrictCiq(string DistrictId, string DistrictName, string StateId, Dashboard Dashboard, IReadOnlyList<DistrictMonth> Items);

/// <summary>How engagement goes with other measures, in the sessions of a school or of the whole district.</summary>
/// <param name="Level"><c>school</c> or <c>district</c>.</param>
/// <param name="EngagementCiqCorrelation">-1 to 1; null where one of the two did not vary.</param>
/// <param name="EngagementWaitTimeCorrelation">As the other.</param>
internal sealed record Engagement(
    string Level,
    string Id,
    long SessionCount,
    double AvgStudentEngagement,
    double AvgCiqScore,
    double AvgWaitTimeSeconds,
    double? EngagementCiqCorrelation,
    double? EngagementWaitTimeCorrelation);

internal sealed record DistrictEngagement(string DistrictId, string DistrictName, IReadOnlyList<Engagement> Items);

/// <summary>The equity of a school's lessons beside the district's.</summary>
/// <param name="Name">Null where the school is not known any more.</param>
/// <param name="Difference">The school's average less the district's.</param>
internal sealed record SchoolEquity(
    string Id,
    string? Name,
    long SessionCount,
    double AvgEquityScore,
    double MedianEquityScore,
    double Q1EquityScore,
    double Q3EquityScore,
    double EquityScoreStdDev,
    double Difference);

/// <param name="Items">How often each equity score was reached, ascending.</param>
internal sealed record DistrictEquity(
    string DistrictId, string DistrictName, string StateId, IReadOnlyList<ScoreFrequency> Items, IReadOnlyList<SchoolEquity> Schools);
