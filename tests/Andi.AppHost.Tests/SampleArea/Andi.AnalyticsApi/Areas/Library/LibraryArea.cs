using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.Security;

namespace Andi.AnalyticsApi.Areas.Library;

/// <summary>What schools lend from their libraries.</summary>
internal sealed class LibraryArea : SubjectArea
{
    public const string FolderName = "library";

    public override string Name => FolderName;

    public override IReadOnlyList<string> DependsOn => [SchoolsArea.FolderName];

    public override IReadOnlyList<PlaceRule> Policy =>
    [
        .. Roles.Scoped.Select(role => new PlaceRule(role, SchoolLoansEndpoint.Resource, Relation.Within | Relation.Above)),
        new(Roles.Analyst, SchoolLoansEndpoint.Resource, Relation.Within),
    ];

    public override void Map(IEndpointRouteBuilder v1) => v1.MapGroup("").WithTags("Library").MapSchoolLoans();
}
