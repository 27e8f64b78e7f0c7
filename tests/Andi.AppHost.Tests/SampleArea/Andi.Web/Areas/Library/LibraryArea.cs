using Andi.Security;

namespace Andi.Web.Areas.Library;

/// <summary>What schools lend from their libraries.</summary>
internal sealed class LibraryArea : WebArea
{
    public override string Name => "library";

    public override IEnumerable<MenuEntry> Menu(Caller visitor, IServiceProvider services) =>
        visitor is { Role: Roles.SchoolAdmin, ScopeId: { } school } ? [new("Library", Apis.ApiPath.Of($"/library/schools/{school}"))] : [];
}
