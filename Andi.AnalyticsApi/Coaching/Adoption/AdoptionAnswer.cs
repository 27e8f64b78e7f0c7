namespace Andi.AnalyticsApi.Coaching.Adoption;

/// <summary>How many of the licensed teachers were active in a week, named by its Monday.</summary>
/// <param name="ActiveTeachers">In sessions, resources or the community.</param>
/// <param name="LicensedTeachers">Who are known now, in the place asked for.</param>
/// <param name="AdoptionRate">0 to 1.</param>
internal sealed record AdoptionWeek(
    DateOnly Week,
    long ActiveTeachers,
    long TeachersWithSessions,
    long TeachersWithResources,
    long TeachersInCommunity,
    long LicensedTeachers,
    double AdoptionRate);

/// <summary>How many teachers of a cohort had sessions, some months after their first one.</summary>
/// <param name="CohortMonth">Of their first session.</param>
/// <param name="MonthsSince">0: the cohort's own month.</param>
/// <param name="CohortTeachers">All of the cohort.</param>
/// <param name="RetentionRate">0 to 1.</param>
internal sealed record CohortActivity(DateOnly CohortMonth, long MonthsSince, long CohortTeachers, long ActiveTeachers, double RetentionRate);

/// <param name="Items">Week by week.</param>
/// <param name="Cohorts">Those whose first month is asked for.</param>
internal sealed record AdoptionAnswer(IReadOnlyList<AdoptionWeek> Items, IReadOnlyList<CohortActivity> Cohorts);
