using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Audit;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>A student's score, or why there is none, beside the averages of the same test and school year; those of school and district are of the student's
/// grade.</summary>
/// <param name="ScoreId">By which the score is corrected on the write side.</param>
internal sealed record ClassroomStudent(
    string ScoreId,
    string StudentId,
    string? StudentName,
    string TestId,
    string SchoolYear,
    string Status,
    double? OverallScore,
    int? OverallPerformanceLevel,
    IReadOnlyDictionary<string, double> DimensionScores,
    double? ClassroomAvg,
    double? SchoolAvg,
    double? DistrictAvg);

/// <param name="SchoolYear">That all items are of; null where each is of its own, or there are none.</param>
internal sealed record ClassroomStudents(string TeacherId, string TeacherName, string? SchoolYear, IReadOnlyList<ClassroomStudent> Items);

internal static class ClassroomStudentsEndpoint
{
    public static void MapClassroomStudents(this IEndpointRouteBuilder area) =>
        area.MapGet("/classrooms/{teacherId}/students", ReadAsync).About(AssessmentsAccess.StudentScores, PlacesOfSchools.Teacher, "teacherId")
            .WithSummary("How each student did, beside classroom, school and district.")
            .ReadsPeople("students", "studentId");

    private static Task<Results<Ok<ClassroomStudents>, ProblemHttpResult>> ReadAsync(
        string teacherId, [AsParameters] ScoreFilter filter, Questions questions, StudentsOfClassroom students, Scope scope,
        ProtectedQuestions published, CancellationToken cancellationToken) =>
        questions.AnswerAsync(
            Entities.Teacher, teacherId, filter,
            () => students.AskAsync(
                filter, () => questions.At(filter.With("teacher", teacherId)),
                found => scope.RecordedWithinAsync(found, score => score.SchoolId, cancellationToken), cancellationToken, published),
            (teacher, found) => new ClassroomStudents(teacher.Id, teacher.Name, found.SchoolYear, found.Rows), cancellationToken);
}

/// <summary>
/// How each student of a classroom did, beside the averages of the classroom, and of the student's grade in school and district. First the scores, then at the
/// same time what
/// they stand beside: four plain statements, as one that joins all of it takes the engine twice as long to take apart.
/// </summary>
internal sealed class StudentsOfClassroom(ClickHouseClient warehouse)
{
    // So that an address is well below what a server takes, however long ids are.
    private const int NamesPerStatement = 2000;

    private static readonly WarehouseQuery Scores = WarehouseQuery.Of(AssessmentsArea.FolderName, "classroom_student_scores");
    private static readonly WarehouseQuery Names = WarehouseQuery.Of(SchoolsArea.FolderName, "student_names");

    private static readonly Task<IReadOnlyDictionary<GradeInTest, ScoreTotal>> NoTotals =
        Task.FromResult<IReadOnlyDictionary<GradeInTest, ScoreTotal>>(new Dictionary<GradeInTest, ScoreTotal>());

    private readonly GradeTotals _totals = new(warehouse);

    /// <summary>A row for each score, by school year, test and student.</summary>
    /// <param name="filter">Chooses the year.</param>
    /// <param name="parameters">Makes the queries' parameters: <c>teacher</c>, <c>year</c>, <c>test</c>, <c>generation</c> and <c>oldest</c>.</param>
    /// <param name="visible">Of the scores, those that the caller may see.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="published">Says whether the averages of school and district are to be those that are published; null: they are not.</param>
    public async Task<RowsOfYear<ClassroomStudent>> AskAsync(
        ScoreFilter filter, Func<ClickHouseParameters> parameters, Func<IReadOnlyList<StudentInTest>, Task<IReadOnlyList<StudentInTest>>> visible,
        CancellationToken cancellationToken, ProtectedQuestions? published = null)
    {
        var found = await warehouse.QueryAsync<StudentInTest>(Scores.With(parameters()), cancellationToken);
        var (year, scores) = filter.Choose(await visible(found), score => score.SchoolYear);
        if (scores.Count == 0)
        {
            return new(year, []);
        }

        var naming = NamesAsync(scores, parameters, cancellationToken);
        // Where averages are told as published, those of the aggregates are not read.
        var telling = published is { IsAround: true }
            ? published.FindAsync(scores.Select(score => new DistrictInYear(score.DistrictId, score.SchoolYear)), null, cancellationToken)
            : null;
        var ofSchools = telling is null || published!.IsSchoolOwn
            ? _totals.OfSchoolsAsync([.. scores.Select(score => score.GradeIn(score.SchoolId))], parameters(), cancellationToken) : NoTotals;
        var ofDistricts = telling is null
            ? _totals.OfDistrictsAsync([.. scores.Select(score => score.GradeIn(score.DistrictId))], parameters(), cancellationToken) : NoTotals;
        await Task.WhenAll(naming, ofSchools, ofDistricts, telling ?? Task.CompletedTask);

        var (names, schools, districts) = (await naming, await ofSchools, await ofDistricts);
        var told = telling is null ? null : (await telling).Scores;
        var classroom = scores.GroupBy(score => (score.SchoolYear, score.TestId)).ToDictionary(test => test.Key,
            test => new ScoreTotal(test.Count(score => score.Units is not null), test.Sum(score => (long)(score.Units ?? 0))));
        return new(
            year,
        [
            .. scores
                .OrderBy(score => score.SchoolYear, Utf8Order.Instance).ThenBy(score => score.TestId, Utf8Order.Instance)
                .ThenBy(score => score.StudentId, Utf8Order.Instance)
                .Select(score => new ClassroomStudent(
                    score.ScoreId, score.StudentId, names.GetValueOrDefault(score.StudentId), score.TestId, score.SchoolYear, score.Status,
                    score.Units / (double)ScoreCounts.Scale,
                    score.OverallPerformanceLevel, score.DimensionScores,
                    classroom[(score.SchoolYear, score.TestId)].Average,
                    told is null || published!.IsSchoolOwn
                        ? schools.GetValueOrDefault(score.GradeIn(score.SchoolId)).Average
                        : Told(score, score.SchoolId),
                    told is null ? districts.GetValueOrDefault(score.GradeIn(score.DistrictId)).Average : Told(score, null))),
        ]);

        double? Told(StudentInTest score, string? school) => told.Average(score.DistrictId, score.SchoolYear, score.TestId, score.Grade, school);
    }

    private async Task<Dictionary<string, string>> NamesAsync(IReadOnlyList<StudentInTest> scores, Func<ClickHouseParameters> parameters,
        CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var ids in scores.Select(score => score.StudentId).Distinct(StringComparer.Ordinal).Chunk(NamesPerStatement))
        {
            var own = parameters();
            own.Add("ids", ids);
            foreach (var student in await warehouse.QueryAsync<NamedStudent>(Names.With(own), cancellationToken))
            {
                names[student.Id] = student.Name;
            }
        }

        return names;
    }
}

/// <summary>A row of classroom_student_scores.sql. School, district and grade are those of the score.</summary>
/// <param name="Units">The score in ten-thousandths; null where there is none.</param>
internal sealed record StudentInTest(
    string ScoreId,
    string StudentId,
    string TestId,
    string SchoolYear,
    string SchoolId,
    string DistrictId,
    string Grade,
    string Status,
    int? Units,
    int? OverallPerformanceLevel,
    IReadOnlyDictionary<string, double> DimensionScores)
{
    public GradeInTest GradeIn(string placeId) => new(placeId, SchoolYear, TestId, Grade);
}

/// <summary>A row of student_names.sql.</summary>
internal sealed record NamedStudent(string Id, string Name);
