using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>A row of classroom_totals.sql.</summary>
/// <param name="Scores">How many; below 0 where they were taken back.</param>
/// <param name="Total">Their sum in ten-thousandths.</param>
internal sealed record ClassroomTotal(string TeacherId, string SchoolId, string SchoolYear, string TestId, long Scores, long Total);

/// <summary>
/// The averages that a student's scores stand beside: of the classroom, and of the student's grade in school and district. Each is told as the caller would be
/// told of that place: exactly, as published under the rule for small groups, or not at all.
/// </summary>
internal sealed class AveragesBesideStudent(Scope scope, Questions questions, GradeTotals totals, ProtectedQuestions published)
{
    private static readonly WarehouseQuery ClassroomTotals = WarehouseQuery.Of(AssessmentsArea.FolderName, "classroom_totals");

    /// <param name="rows">Scores that the caller may see.</param>
    public async Task<IReadOnlyList<StudentScore>> AddAsync(IReadOnlyList<StudentScore> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return rows;
        }

        var schoolViews = await ViewsAsync(rows, AssessmentsAccess.SchoolScores, PlacesOfSchools.School, row => row.SchoolId, cancellationToken);
        var districtViews = await ViewsAsync(rows, AssessmentsAccess.DistrictScores, PlacesOfSchools.District, row => row.DistrictId, cancellationToken);
        var ofClassrooms = ClassroomsAsync(rows, cancellationToken);
        var ofSchools = totals.OfSchoolsAsync(
            [.. rows.Where(row => schoolViews[row.SchoolId] == View.Exact).Select(row => row.GradeIn(row.SchoolId))], questions.At([]), cancellationToken);
        var ofDistricts = totals.OfDistrictsAsync(
            [.. rows.Where(row => districtViews[row.DistrictId] == View.Exact).Select(row => row.GradeIn(row.DistrictId))], questions.At([]),
            cancellationToken);
        var telling = TellAsync(
            rows.Where(row => schoolViews[row.SchoolId] == View.Protected || districtViews[row.DistrictId] == View.Protected), cancellationToken);
        await Task.WhenAll(ofClassrooms, ofSchools, ofDistricts, telling);

        var (classrooms, schools, districts, told) = (await ofClassrooms, await ofSchools, await ofDistricts, await telling);
        return
        [
            .. rows.Select(row => row with
            {
                ClassroomAvg = classrooms.GetValueOrDefault((row.TeacherId, row.SchoolYear, row.TestId)).Average,
                SchoolAvg = schoolViews[row.SchoolId] switch
                {
                    View.Exact => schools.GetValueOrDefault(row.GradeIn(row.SchoolId)).Average,
                    View.Protected => told?.Average(row.DistrictId, row.SchoolYear, row.TestId, row.Grade, row.SchoolId),
                    _ => null,
                },
                DistrictAvg = districtViews[row.DistrictId] switch
                {
                    View.Exact => districts.GetValueOrDefault(row.GradeIn(row.DistrictId)).Average,
                    View.Protected => told?.Average(row.DistrictId, row.SchoolYear, row.TestId, row.Grade, schoolId: null),
                    _ => null,
                },
            }),
        ];
    }

    private async Task<Dictionary<string, View?>> ViewsAsync(
        IReadOnlyList<StudentScore> rows, string resource, string kind, Func<StudentScore, string> place, CancellationToken cancellationToken)
    {
        var views = new Dictionary<string, View?>(StringComparer.Ordinal);
        foreach (var id in rows.Select(place).Distinct(StringComparer.Ordinal))
        {
            views[id] = await scope.ViewAsync(resource, kind, id, cancellationToken);
        }

        return views;
    }

    private async Task<ProtectedScores?> TellAsync(IEnumerable<StudentScore> rows, CancellationToken cancellationToken)
    {
        List<DistrictInYear> places = [.. rows.Select(row => new DistrictInYear(row.DistrictId, row.SchoolYear)).Distinct()];
        return places.Count == 0 ? null : (await published.FindAsync(places, testId: null, cancellationToken)).Scores;
    }

    // Of scores that the caller may see one by one: a teacher those of the own classroom, others what was recorded in their scope.
    private async Task<IReadOnlyDictionary<(string TeacherId, string SchoolYear, string TestId), ScoreTotal>> ClassroomsAsync(
        IReadOnlyList<StudentScore> rows, CancellationToken cancellationToken)
    {
        var own = rows.Where(row => scope.Own is not { Kind: PlacesOfSchools.Teacher, Id: var teacher } || row.TeacherId == teacher).ToList();
        var sums = new Dictionary<(string, string, string), ScoreTotal>();
        if (own.Count == 0)
        {
            return sums;
        }

        var found = await questions.RowsAsync<ClassroomTotal>(
            ClassroomTotals,
            new()
            {
                { "places", own.Select(row => row.TeacherId).Distinct(StringComparer.Ordinal) },
                { "years", own.Select(row => row.SchoolYear).Distinct(StringComparer.Ordinal) },
                { "tests", own.Select(row => row.TestId).Distinct(StringComparer.Ordinal) },
            },
            cancellationToken);
        foreach (var row in await scope.RecordedWithinAsync(found, row => row.SchoolId, cancellationToken))
        {
            var key = (row.TeacherId, row.SchoolYear, row.TestId);
            sums[key] = sums.GetValueOrDefault(key) + new ScoreTotal(row.Scores, row.Total);
        }

        return sums;
    }
}
