using Andi.Oltp.Requests.Records;
using Microsoft.EntityFrameworkCore;

namespace Andi.Oltp.Assessments.Scores;

/// <summary>What a score takes over from its teacher, test and student as of now.</summary>
/// <param name="Subject">The test's; null where that is not known.</param>
/// <param name="Grade">The student's; null where that is not known.</param>
public sealed record ScoreSurroundings(string? SchoolId, string? DistrictId, string? StateId, string? Subject, string? Grade, bool IsRecorded) : ISurroundings
{
    /// <summary>Reads all in one query.</summary>
    public static Task<ScoreSurroundings> ReadAsync(AssessmentsDbContext db, ScoreBody body, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<ScoreSurroundings>($"""
            SELECT place.school_id AS "SchoolId", place.district_id AS "DistrictId", place.state_id AS "StateId",
                   (SELECT subject FROM tests WHERE test_id = {body.TestId}) AS "Subject",
                   (SELECT grade FROM students WHERE student_id = {body.StudentId}) AS "Grade",
                   EXISTS (SELECT FROM scores WHERE score_id = {body.ScoreId}) AS "IsRecorded"
            FROM (SELECT {body.TeacherId} AS teacher_id) AS given
            LEFT JOIN teacher_places AS place USING (teacher_id)
            """).SingleAsync(cancellationToken);
}
