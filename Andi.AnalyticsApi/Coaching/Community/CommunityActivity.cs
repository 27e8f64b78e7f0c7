namespace Andi.AnalyticsApi.Coaching.Community;

/// <summary>A week of the community, named by its Monday.</summary>
/// <param name="TeacherCount">Who took part.</param>
internal sealed record CommunityWeek(
    DateOnly Week,
    long ActivityCount,
    long TeacherCount,
    long PostCount,
    long ReplyCount,
    long LikeCount,
    long ShareCount,
    long MentorCount,
    double ActivitiesPerTeacher);

/// <summary>A forum of the community.</summary>
/// <param name="TeacherCount">Who took part.</param>
internal sealed record CommunityForum(
    string ForumName,
    long ActivityCount,
    long TeacherCount,
    long PostCount,
    long ReplyCount,
    long LikeCount,
    long ShareCount,
    long MentorCount,
    double ActivitiesPerTeacher);

/// <param name="Items">Week by week.</param>
/// <param name="Forums">The liveliest first.</param>
internal sealed record CommunityActivity(IReadOnlyList<CommunityWeek> Items, IReadOnlyList<CommunityForum> Forums);
