using Andi.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.Oltp.Imports;

/// <summary><c>GET /v1/imports/profiles</c>.</summary>
internal static class ProfileEndpoints
{
    private const string Resource = "import profiles";

    /// <summary>Whoever may import something may read how.</summary>
    public static IEnumerable<AccessRule> Access(IEnumerable<AccessRule> others) => others
        .Where(rule => rule.Actions.HasFlag(Actions.Write)).Select(rule => rule.Role).Distinct()
        .Select(role => new AccessRule(role, Resource, Actions.List));

    public static void MapImportProfiles(this IEndpointRouteBuilder v1) => v1.MapGet("/imports/profiles", Get)
        .WithTags("imports")
        .WithName("list-import-profiles")
        .Needs(Actions.List, Resource)
        .WithSummary("The exports of other systems that imports can read.")
        .WithDescription("profile=NAME of an import reads a file as one of these says; a part mapping of the form adds what the export does not have.");

    /// <summary>The profiles of all areas, in the order of their names.</summary>
    internal sealed record ProfileList(IReadOnlyList<ProfileItem> Items);

    /// <summary>A profile.</summary>
    /// <param name="Name">As in <c>profile=</c>.</param>
    /// <param name="Entity">The import that it is for.</param>
    /// <param name="Purpose">Which export it reads, and what the caller has to add.</param>
    /// <param name="Columns">The columns of the export that are read, those that a file may lack included.</param>
    internal sealed record ProfileItem(string Name, string Entity, string Purpose, IReadOnlyList<ProfileColumn> Columns);

    /// <summary>A column of an export and the field that it is.</summary>
    internal sealed record ProfileColumn(string Column, string Field);

    private static Ok<ProfileList> Get(ImportProfiles profiles) => TypedResults.Ok(new ProfileList(
    [
        .. profiles.All.Select(profile => new ProfileItem(
            profile.Name,
            profile.Entity,
            profile.Purpose,
            [.. profile.Mapping.Columns.Where(column => column.Value is not null).Select(column => new ProfileColumn(column.Key, column.Value!))])),
    ]));
}
