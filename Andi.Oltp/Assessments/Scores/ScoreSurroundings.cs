using Andi.Oltp.Requests;
using Microsoft.EntityFrameworkCore;

namespace Andi.Oltp.Assessments.Scores;

/// <summary>What a score takes over from its teacher, test and student as of now. Null where the one it comes from is not known.</summary>
/// <param name="IsRecorded">Whether there is a score of the body's id already.</param>
internal sealed record ScoreSurroundings(string? SchoolId, string? DistrictId, string? StateId, string? Subject, string? Grade, bool IsRecorded)
{
    /// <summary>Reads all in one query.</summary>
    public static Task<ScoreSurroundings> ReadAsync(AssessmentsDbContext db, ScoreBody body, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<ScoreSurroundings>($"""
            SELECT teachers.school_id AS "SchoolId", schools.district_id AS "DistrictId", districts.state_id AS "StateId",
                   (SELECT subject FROM tests WHERE test_id = {body.TestId}) AS "Subject",
                   (SELECT grade FROM students WHERE student_id = {body.StudentId}) AS "Grade",
                   EXISTS (SELECT FROM scores WHERE score_id = {body.ScoreId}) AS "IsRecorded"
            FROM (SELECT {body.TeacherId} AS teacher_id) AS given
            LEFT JOIN teachers USING (teacher_id)
            LEFT JOIN schools ON schools.school_id = teachers.school_id
            LEFT JOIN districts ON districts.district_id = schools.district_id
            """).SingleAsync(cancellationToken);

    /// <exception cref="ProblemException">400 naming the ids that are not known.</exception>
    public void ThrowIfUnknown(ScoreBody body)
    {
        var errors = new FieldErrors();
        AddIfNull(errors, "teacherId", body.TeacherId, StateId);
        AddIfNull(errors, "testId", body.TestId, Subject);
        AddIfNull(errors, "studentId", body.StudentId, Grade);
        errors.ThrowIfAny();
    }

    private static void AddIfNull(FieldErrors errors, string field, string? id, string? found)
    {
        if (found is null)
        {
            errors.Add(field, $"is not known: '{id}'");
        }
    }
}
