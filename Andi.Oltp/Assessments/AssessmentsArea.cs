using Andi.Oltp.Areas;
using Andi.Oltp.Imports;

namespace Andi.Oltp.Assessments;

/// <summary>Students' scores in tests, and the schools, teachers and students they belong to.</summary>
public sealed class AssessmentsArea : SubjectArea<AssessmentsDbContext>
{
    public override string Name => "assessments";

    public override IReadOnlyList<ImportDefinition> Imports => [];

    public override void MapEndpoints(RouteGroupBuilder v1)
    {
    }
}
