using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Oltp.Areas.Schools;
using Andi.Oltp.Imports;
using Andi.Oltp.Records;
using Andi.Oltp.Storage;
using Andi.Oltp.Validation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Areas.Assessments;

/// <summary>The result of a student in a test of a school year. There is one per student, test and school year.</summary>
public sealed class Score : IHasSchoolHierarchy
{
    public required string ScoreId { get; set; }

    public required string StudentId { get; set; }

    /// <summary>Whose classroom the score counts for.</summary>
    public required string TeacherId { get; set; }

    public required string TestId { get; set; }

    /// <summary>A year and the next: <c>2025-2026</c>.</summary>
    public required string SchoolYear { get; set; }

    public required DateOnly TestDate { get; set; }

    /// <summary>0 to 100, at most two decimal places.</summary>
    public required decimal OverallScore { get; set; }

    /// <summary>1 to 4.</summary>
    public required short OverallPerformanceLevel { get; set; }

    /// <summary>0 to 100 each, at most two decimal places; may be empty.</summary>
    public required Dictionary<string, decimal> DimensionScores { get; set; }

    /// <summary>The teacher's school when the score was recorded; like the four that follow it stays when the source changes later.</summary>
    public required string SchoolId { get; set; }

    public required string DistrictId { get; set; }

    public required string StateId { get; set; }

    /// <summary>The test's subject.</summary>
    public required string Subject { get; set; }

    /// <summary>The student's grade.</summary>
    public required string Grade { get; set; }
}

/// <summary>A score as it is written. School, district, state, subject and grade are filled in from the teacher, the test and the student.</summary>
public sealed record ScoreBody : IRecordBody<AssessmentsDbContext, Score, ScoreReferences>, IBatchBody
{
    internal static readonly FieldList<ScoreBody, Score> Fields =
        new FieldList<ScoreBody, Score>("scores", "scoreId", body => body.ScoreId, (score, id) => score.ScoreId = id)
            .Reference("studentId", body => body.StudentId, (score, id) => score.StudentId = id, "students")
            .Reference("teacherId", body => body.TeacherId, (score, id) => score.TeacherId = id, "teachers")
            .Reference("testId", body => body.TestId, (score, id) => score.TestId = id, "tests")
            .Text("schoolYear", body => body.SchoolYear, (score, year) => score.SchoolYear = year, SchoolRules.SchoolYear)
            .Date("testDate", body => body.TestDate, (score, date) => score.TestDate = date, DateRule.Recorded)
            .Number("overallScore", body => body.OverallScore, (score, value) => score.OverallScore = value, NumberRule.Percentage)
            .SmallNumber(
                "overallPerformanceLevel",
                body => body.OverallPerformanceLevel,
                (score, level) => score.OverallPerformanceLevel = level,
                new NumberRule(1, 4, 0))
            .Custom(
                Dimensions.Field,
                new DimensionScoresColumn(),
                (body, errors) => Dimensions.Validate(body.DimensionScores ?? [], errors),
                (body, score) => score.DimensionScores = body.DimensionScores ?? [],
                (body, copy) => Dimensions.Write(body.DimensionScores ?? [], copy));

    private static readonly string[] NaturalKey = ["studentId", "testId", "schoolYear"];

    /// <summary>Made by the server where it is not given. Giving one makes a repeated request harmless.</summary>
    public string? ScoreId { get; init => field = TextRules.Id.Normalize(value); }

    public string? StudentId { get; init => field = TextRules.Id.Normalize(value); }

    public string? TeacherId { get; init => field = TextRules.Id.Normalize(value); }

    public string? TestId { get; init => field = TextRules.Id.Normalize(value); }

    /// <summary>A year and the next (<c>2025-2026</c>), or the first of them (<c>2025</c>); a JSON number is taken as its text.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? SchoolYear { get; init; }

    /// <summary>From 1970-01-01 to 2099-12-31.</summary>
    public DateOnly? TestDate { get; init; }

    /// <summary>0 to 100, at most two decimal places.</summary>
    public decimal? OverallScore { get; init; }

    public int? OverallPerformanceLevel { get; init; }

    /// <summary>At most 50 of 0 to 100 with at most two decimal places, by name.</summary>
    public Dictionary<string, decimal>? DimensionScores { get; init; }

    public string? GivenId() => ScoreId;

    public void Validate(FieldErrors errors)
    {
        errors.OptionalText("scoreId", ScoreId, TextRules.Id);
        Fields.Validate(this, errors);
    }

    public Task<ScoreReferences> ReadReferencedAsync(AssessmentsDbContext db, CancellationToken cancellationToken) =>
        ScoreReferences.ReadAsync(db, this, cancellationToken);

    public void AddUnknown(FieldErrors errors, ScoreReferences now)
    {
        now.AddUnknownTeacher(errors, TeacherId);
        if (now.Subject is null)
        {
            errors.Unknown("testId", TestId);
        }

        if (now.Grade is null)
        {
            errors.Unknown("studentId", StudentId);
        }
    }

    public Score Create(string id, ScoreReferences now)
    {
        var score = Fields.Create(id, this).TakePlace(now);
        (score.Subject, score.Grade) = (now.Subject!, now.Grade!);
        return score;
    }

    public bool RefersToOthers(Score record) => (record.TeacherId, record.TestId, record.StudentId) != (TeacherId, TestId, StudentId);

    public void TakeOver(Score record, ScoreReferences now)
    {
        if (record.TeacherId != TeacherId)
        {
            record.TakePlace(now);
        }

        record.Subject = record.TestId == TestId ? record.Subject : now.Subject!;
        record.Grade = record.StudentId == StudentId ? record.Grade : now.Grade!;
    }

    public void Apply(Score record) => Fields.Apply(this, record);

    public void Stage(CopyRow copy, long line, string newId) => Fields.Stage(this, line, ScoreId, newId, copy);

    internal static void Configure(EntityTypeBuilder<Score> score)
    {
        score.Property(row => row.DimensionScores).HasConversion(
            scores => JsonSerializer.Serialize(scores, JsonSerializerOptions.Default),
            json => JsonSerializer.Deserialize<Dictionary<string, decimal>>(json, JsonSerializerOptions.Default)!,
            new ValueComparer<Dictionary<string, decimal>>(
                (left, right) => left!.Count == right!.Count && !left.Except(right).Any(),
                scores => scores.Count,
                scores => new Dictionary<string, decimal>(scores)));
        score.HasTeacher().HasReference<Score, Student>(nameof(Score.StudentId)).HasReference<Score, Test>(nameof(Score.TestId));
        score.HasIndex(row => new { row.StudentId, row.TestId, row.SchoolYear }).IsUnique().HasDatabaseName("uq_scores_student_id_test_id_school_year");
    }

    /// <summary>Scores written many at once, from a CSV file or from a JSON batch.</summary>
    internal static ImportDefinition DefineImport(IdSource ids) => Fields.DefineRecordedImport(
        ids,
        [TeacherPlace.Columns, new TakenOver("test_id", "tests", "subject"), new TakenOver("student_id", "students", "grade")],
        NaturalKey,
        new StagingCheck(
            string.Join(", ", NaturalKey),
            """
            SELECT staged.line, 'is of another score already: ''' || scores.score_id || ''''
            FROM import_rows AS staged
            JOIN scores USING (student_id, test_id, school_year)
            WHERE staged.score_id <> scores.score_id
            """,
            ImportMode.Upsert));
}

/// <summary>What a score takes over from its teacher, test and student as of now.</summary>
/// <param name="Subject">The test's; null where that is not known.</param>
/// <param name="Grade">The student's; null where that is not known.</param>
public sealed record ScoreReferences(string? SchoolId, string? DistrictId, string? StateId, string? Subject, string? Grade, bool IsRecorded) : ITeacherPlace
{
    /// <summary>Reads all in one query.</summary>
    public static Task<ScoreReferences> ReadAsync(AssessmentsDbContext db, ScoreBody body, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<ScoreReferences>($"""
            SELECT place.school_id, place.district_id, place.state_id,
                   (SELECT subject FROM tests WHERE test_id = {body.TestId}) AS subject,
                   (SELECT grade FROM students WHERE student_id = {body.StudentId}) AS grade,
                   EXISTS (SELECT FROM scores WHERE score_id = {body.ScoreId}) AS is_recorded
            FROM (SELECT {body.TeacherId} AS teacher_id) AS given
            LEFT JOIN teacher_places AS place USING (teacher_id)
            """).SingleAsync(cancellationToken);
}
