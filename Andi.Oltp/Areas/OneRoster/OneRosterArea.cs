using Andi.Oltp.Imports;
using Andi.Oltp.Records;
using Andi.Oltp.Storage;

namespace Andi.Oltp.Areas.OneRoster;

/// <summary>
/// Sets of OneRoster 1.1 CSV files, as student information systems export them. The area has no tables: it writes those of the areas that it depends on,
/// through their own imports.
/// </summary>
internal sealed class OneRosterArea : SubjectArea
{
    public override string Name => "oneroster";

    public override IReadOnlyList<string> DependsOn => ["schools", "assessments"];

    public override IReadOnlyList<IFieldList> Records => [];

    public override IReadOnlyList<ImportDefinition> DefineImports(IdSource ids) => [];

    public override void MapEndpoints(RouteGroupBuilder v1) => v1.MapOneRoster();

    public override void AddStorage(IServiceCollection services)
    {
        services.AddOptions<OneRosterOptions>().BindConfiguration("OneRoster").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RosterImport>();
    }
}
