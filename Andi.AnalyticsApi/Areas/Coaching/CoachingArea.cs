using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;

namespace Andi.AnalyticsApi.Areas.Coaching;

/// <summary>Instructional coaching: observed lessons (CIQ sessions), resources and the teachers' community.</summary>
internal sealed class CoachingArea : SubjectArea
{
    public const string FolderName = "coaching";

    public override string Name => FolderName;

    public override IReadOnlyList<string> DependsOn => [SchoolsArea.FolderName];

    public override IReadOnlyList<PlaceRule> Policy => CoachingAccess.Rules;

    public override void Map(IEndpointRouteBuilder v1)
    {
        var area = v1.MapGroup("").WithTags("Coaching");
        area.MapTeacherCiq();
        area.MapTeacherWaitTime();
        area.MapTeacherEquity();
        area.MapSchoolCiq();
        area.MapSchoolRanking();
        area.MapDistrictCiq();
        area.MapDistrictEngagement();
        area.MapDistrictEquity();
        area.MapResourceUsage();
        area.MapCommunityActivity();
        area.MapAdoption();
    }
}
