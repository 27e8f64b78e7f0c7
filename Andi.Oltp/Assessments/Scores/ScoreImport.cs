using Andi.Oltp.Imports;
using Andi.Oltp.Imports.Columns;
using Andi.Oltp.Imports.Copy;
using Andi.Oltp.Imports.Staging;
using Andi.Oltp.Requests;
using Andi.Oltp.Storage;
using Andi.Sql;

namespace Andi.Oltp.Assessments.Scores;

/// <summary>How many scores at once are written, from a CSV file or from a JSON batch.</summary>
internal static class ScoreImport
{
    private const string KeyFields = "studentId, testId, schoolYear";
    private static readonly string Insert = EmbeddedSql.Read("Assessments/Scores/insert_scores.sql");

    public static ImportDefinition Define(IdSource ids) => new()
    {
        Entity = "scores",
        Columns =
        [
            ValueColumn.Text("scoreId", "score_id", TextRules.Id, isRequired: false),
            new NewIdColumn("new_score_id", ids),
            ValueColumn.Text("studentId", "student_id", TextRules.Id),
            ValueColumn.Text("teacherId", "teacher_id", TextRules.Id),
            ValueColumn.Text("testId", "test_id", TextRules.Id),
            ValueColumn.Text("schoolYear", "school_year", TextRules.SchoolYear),
            ValueColumn.Date("testDate", "test_date", AssessmentRules.FirstTestDate, AssessmentRules.LastTestDate),
            ValueColumn.Numeric("overallScore", "overall_score", NumberRule.Percentage),
            ValueColumn.SmallInt("overallPerformanceLevel", "overall_performance_level", AssessmentRules.PerformanceLevel),
            new DimensionScoresColumn(),
        ],
        Checks =
        [
            StagingCheck.Unique("scoreId", "score_id"),
            StagingCheck.Unique(KeyFields, "student_id", "test_id", "school_year"),
            StagingCheck.New("scoreId", "scores", "score_id"),
            StagingCheck.New(KeyFields, "scores", "student_id", "test_id", "school_year"),
            new StagingCheck(KeyFields, EmbeddedSql.Read("Assessments/Scores/scores_of_another_id.sql"), ImportMode.Upsert),
            StagingCheck.Known("studentId", "student_id", "students", "student_id"),
            StagingCheck.Known("teacherId", "teacher_id", "teachers", "teacher_id"),
            StagingCheck.Known("testId", "test_id", "tests", "test_id"),
        ],
        Statements = new Dictionary<ImportMode, IReadOnlyList<string>>
        {
            [ImportMode.Insert] = [Insert],
            [ImportMode.Keep] = [$"{Insert} ON CONFLICT DO NOTHING"],
            [ImportMode.Upsert] =
            [
                EmbeddedSql.Read("Assessments/Scores/upsert_scores_by_id.sql"),
                EmbeddedSql.Read("Assessments/Scores/upsert_scores_by_key.sql"),
            ],
        },
    };

    /// <summary>Writes a validated score in the order of the definition's columns.</summary>
    public static void Write(ScoreBody body, long line, string newId, CopyRow copy)
    {
        copy.BeginRow(11);
        copy.BigInt(line);
        copy.OptionalText(body.ScoreId);
        copy.Text(newId);
        copy.Text(body.StudentId!);
        copy.Text(body.TeacherId!);
        copy.Text(body.TestId!);
        copy.Text(body.SchoolYear!);
        copy.Date(body.TestDate!.Value);
        copy.Numeric(body.OverallScore!.Value, NumberRule.Percentage);
        copy.SmallInt((short)body.OverallPerformanceLevel!.Value);
        DimensionJson.Write(body.DimensionScores ?? [], copy);
    }
}
