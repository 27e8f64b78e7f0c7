using Andi.Security;

namespace Andi.Web.Areas;

/// <summary>
/// An area of the web app: the folder of its name, with one file for each page. Areas are found by type, so that adding one touches no file outside its folder.
/// </summary>
internal abstract class WebArea
{
    /// <summary>Lower case.</summary>
    public abstract string Name { get; }

    /// <summary>The names of the areas whose types this one uses.</summary>
    public virtual IReadOnlyList<string> DependsOn => [];

    /// <summary>Where the area's menu entries stand among those of others; small numbers first.</summary>
    public virtual int Order => 100;

    /// <summary>The entries of the menu that a visitor of this role and scope has.</summary>
    /// <param name="services">Those of the request, for texts in the visitor's language.</param>
    public virtual IEnumerable<MenuEntry> Menu(Caller visitor, IServiceProvider services) => [];

    /// <summary>The page of something that the search of the read API finds; null where this area has none for it.</summary>
    /// <param name="kind">As the API names it, for instance <c>school</c>.</param>
    /// <param name="id">Of the thing.</param>
    public virtual string? PageOf(string kind, string id) => null;

    /// <summary>Whom one can choose to be when one signs in in development.</summary>
    public virtual IReadOnlyList<SignInScopes> SignInScopes => [];

    /// <summary>What the area shows on the home page of a visitor: components that take no parameters but <c>Visitor</c>, a <see cref="Caller"/>.</summary>
    public virtual IEnumerable<Type> HomeSections(Caller visitor) => [];

    /// <summary>What a visitor of this role and scope may upload files of.</summary>
    /// <param name="services">Those of the request, for texts in the visitor's language.</param>
    public virtual IEnumerable<UploadKind> Uploads(Caller visitor, IServiceProvider services) => [];

    /// <summary>Registers what the area's pages need.</summary>
    public virtual void AddServices(IServiceCollection services)
    {
    }

    /// <summary>Maps what the area's forms post to. Each endpoint requires authorization unless it says otherwise.</summary>
    public virtual void Map(IEndpointRouteBuilder app)
    {
    }
}

/// <summary>A link of the menu.</summary>
/// <param name="Text">In the visitor's language.</param>
/// <param name="Path">From the root, beginning with a slash.</param>
/// <param name="Prefixes">Paths below which the entry counts as the current one, too.</param>
internal sealed record MenuEntry(string Text, string Path, params string[] Prefixes);

/// <summary>Something of which there are files to import.</summary>
/// <param name="Entity">As the write API's imports call it.</param>
/// <param name="Name">In the visitor's language.</param>
public sealed record UploadKind(string Entity, string Name)
{
    /// <summary>The columns that a file may have, those first that it must have; empty where it is no table.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Whether it is a zip file of several tables, whose rows replace what is there.</summary>
    public bool IsSet { get; init; }

    /// <summary>A further parameter of the import with its name in the visitor's language; null: none.</summary>
    public (string Name, string Label)? Parameter { get; init; }
}

/// <summary>The teachers, schools or other things that a role can be for.</summary>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="List">The read API's list of them, without <c>v1/</c>.</param>
/// <param name="IdField">The field of the list's items that holds the id.</param>
/// <param name="Kind">As the read API's search calls them.</param>
internal sealed record SignInScopes(string Role, string List, string IdField, string Kind);

/// <summary>All areas of the web app, in the order of their menu entries.</summary>
internal sealed record WebAreas(IReadOnlyList<WebArea> Items)
{
    public static WebAreas All() => new(
    [
        .. (from type in typeof(WebArea).Assembly.GetTypes()
            where type.IsSubclassOf(typeof(WebArea))
            select (WebArea)Activator.CreateInstance(type)!).OrderBy(area => area.Order).ThenBy(area => area.Name, StringComparer.Ordinal),
    ]);

    /// <summary>What a visitor may upload files of, by name.</summary>
    public IReadOnlyList<UploadKind> UploadsOf(Caller? visitor, IServiceProvider services) => visitor is null
        ? [] : [.. Items.SelectMany(area => area.Uploads(visitor, services)).OrderBy(kind => kind.Name, StringComparer.CurrentCulture)];

    /// <summary>The page of something that was found; null where no area has one.</summary>
    public string? PageOf(string kind, string id) => Items.Select(area => area.PageOf(kind, id)).FirstOrDefault(path => path is not null);
}
