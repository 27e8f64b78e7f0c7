using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.AnalyticsApi.Search;
using Andi.Warehouse;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>Tests by name or id; and for a teacher the students of whom she has scores, who need not be in a class of hers.</summary>
internal static class AssessmentsSearch
{
    private static readonly WarehouseQuery InTests = WarehouseQuery.Of(AssessmentsArea.FolderName, "test_search");
    private static readonly WarehouseQuery InScoresOfTeacher = WarehouseQuery.Of(AssessmentsArea.FolderName, "scored_student_search");

    public static readonly IReadOnlyList<SearchSource> Sources =
    [
        new("test", AssessmentsAccess.Catalogue, (sought, _, questions, cancellationToken) =>
            questions.RowsAsync<Match>(InTests, sought.Parameters, cancellationToken)),
        new(PlacesOfSchools.Student, SchoolsAccess.StudentNames, StudentsAsync, SchoolsSearch.Students),
    ];

    private static async Task<IReadOnlyList<Match>> StudentsAsync(Sought sought, Scope scope, Questions questions, CancellationToken cancellationToken)
    {
        if (scope.Own is not { Kind: PlacesOfSchools.Teacher })
        {
            return [];
        }

        var parameters = sought.Parameters;
        parameters.Add("teacher", scope.Limit(PlacesOfSchools.Teacher));
        return await questions.NameSchoolsAsync(await questions.RowsAsync<Match>(InScoresOfTeacher, parameters, cancellationToken), cancellationToken);
    }
}
