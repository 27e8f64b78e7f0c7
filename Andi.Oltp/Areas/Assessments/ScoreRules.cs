using Andi.Oltp.Areas.Schools;
using Andi.Oltp.Imports;
using Andi.Oltp.Records;
using Andi.Oltp.Storage;
using Andi.Oltp.Validation;
using Andi.Sql;

namespace Andi.Oltp.Areas.Assessments;

/// <summary>What must hold of several fields of a score, and of a score and its test.</summary>
internal static class ScoreRules
{
    public const string Scored = "scored";

    /// <summary>Whether the student has a score. Those who have none are counted apart, never as 0.</summary>
    public static readonly TextRule Status = TextRules.OneOf([Scored, "exempt", "absent", "invalidated"], text => text.ToLowerInvariant());

    public const string ValueSql =
        "CASE status WHEN 'scored' THEN overall_score IS NOT NULL ELSE num_nulls(overall_score, overall_performance_level) = 2 AND dimension_scores = '{}' END";

    private const string ScoreIsRequired = "is required where the status is scored";
    private static readonly string[] NaturalKey = ["studentId", "testId", "schoolYear"];

    public static void Validate(ScoreBody body, FieldErrors errors)
    {
        var status = Status.Normalize(body.Status) ?? Scored;
        if (status == Scored)
        {
            errors.Add("overallScore", body.OverallScore is null ? ScoreIsRequired : null);
        }
        else
        {
            errors.Add("overallScore", body.OverallScore is null ? null : $"must be left out, as the status is {status}");
            errors.Add("overallPerformanceLevel", body.OverallPerformanceLevel is null ? null : $"must be left out, as the status is {status}");
            errors.Add("dimensionScores", body.DimensionScores is null or { Count: 0 } ? null : $"must be left out, as the status is {status}");
        }

        if (body.TestDate is { } date && DateRule.Recorded.Allows(date))
        {
            errors.Add("testDate", SchoolRules.CheckDateOfYear(date, SchoolRules.SchoolYear.Normalize(body.SchoolYear)));
        }
    }

    /// <summary>Scores written many at once, from a CSV file or from a JSON batch.</summary>
    public static ImportDefinition DefineImport(IdSource ids) => ScoreBody.Fields.DefineRecordedImport(
        ids,
        [TeacherPlace.Columns, new TakenOver("student_id", "students", "grade")],
        NaturalKey,
        new StagingCheck("overallScore", $"SELECT line, '{ScoreIsRequired}' FROM import_rows WHERE status = 'scored' AND overall_score IS NULL"),
        LeftOut("overallScore", "overall_score IS NOT NULL"),
        LeftOut("overallPerformanceLevel", "overall_performance_level IS NOT NULL"),
        LeftOut("dimensionScores", "dimension_scores <> '{}'"),
        new StagingCheck(
            "testDate",
            "SELECT line, 'is not near the school year ' || school_year || ': from ' || left(school_year, 4) || '-04-01 to ' "
            + $"|| right(school_year, 4) || '-09-30' FROM import_rows WHERE NOT ({SchoolRules.DateOfYearSql("test_date", "school_year")})"),
        OnScale("overallScore", "overall_score"),
        OnScale("overallPerformanceLevel", "overall_performance_level"),
        OnScale("dimensionScores", "dimension_scores"),
        new StagingCheck(
            string.Join(", ", NaturalKey),
            """
            SELECT staged.line, 'is of another score already: ''' || scores.score_id || ''''
            FROM import_rows AS staged
            JOIN scores USING (student_id, test_id, school_year)
            WHERE staged.score_id <> scores.score_id
            """,
            ImportMode.Upsert)) with
    {
        FitSql = EmbeddedSql.Read("Areas/Assessments/Sql/fit_scores.sql"),
    };

    private static StagingCheck LeftOut(string field, string isGiven) => new(
        field, $"SELECT line, 'must be left out, as the status is ' || status FROM import_rows WHERE status <> 'scored' AND {isGiven}");

    private static StagingCheck OnScale(string field, string column) => new(
        field,
        $"""
        SELECT DISTINCT ON (staged.line) staged.line, concat('''' || flaw.dimension || ''' ', flaw.reason)
        FROM import_rows AS staged
        JOIN tests AS test USING (test_id)
        CROSS JOIN LATERAL score_flaws(
            test.test_id, test.min_score, test.max_score, test.decimals, jsonb_array_length(test.levels),
            staged.overall_score, staged.overall_performance_level, staged.dimension_scores) AS flaw
        WHERE flaw.field = '{column}'
        ORDER BY staged.line
        """);
}
