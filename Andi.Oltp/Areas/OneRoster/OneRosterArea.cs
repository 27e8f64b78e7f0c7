using Andi.Oltp.Imports;
using Andi.Oltp.Records;
using Andi.Oltp.Storage;
using Andi.Security;

namespace Andi.Oltp.Areas.OneRoster;

/// <summary>
/// Sets of OneRoster 1.1 CSV files, as student information systems export them. The area has no tables: it writes those of the areas that it depends on,
/// through their own imports.
/// </summary>
internal sealed class OneRosterArea : SubjectArea
{
    /// <summary>Also what the policy calls a set as a whole.</summary>
    public const string FolderName = "oneroster";

    public override string Name => FolderName;

    public override IReadOnlyList<string> DependsOn => ["schools", "assessments"];

    public override IReadOnlyList<IFieldList> Records => [];

    /// <summary>A set replaces rows of any school: none with a scope may send one.</summary>
    public override IEnumerable<AccessRule> EndpointAccess => [new(Roles.Service, FolderName, Actions.Write)];

    public override IReadOnlyList<ImportDefinition> DefineImports(IdSource ids) => [];

    public override void MapEndpoints(RouteGroupBuilder v1) => v1.MapOneRoster();

    public override void AddStorage(IServiceCollection services)
    {
        services.AddOptions<OneRosterOptions>().BindConfiguration("OneRoster").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RosterImport>();
    }
}
