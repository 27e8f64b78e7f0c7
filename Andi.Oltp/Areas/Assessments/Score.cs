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

    /// <summary>Whether there is a score; what it is otherwise.</summary>
    public required string Status { get; set; }

    /// <summary>On the test's scale. Null unless the student was scored, and never then.</summary>
    public required decimal? OverallScore { get; set; }

    /// <summary>From 1, which of the test's levels. Null where there is none.</summary>
    public required short? OverallPerformanceLevel { get; set; }

    /// <summary>On the test's scale, too; may be empty.</summary>
    public required Dictionary<string, decimal> DimensionScores { get; set; }

    /// <summary>The teacher's school when the score was recorded; like the three that follow it stays when the source changes later.</summary>
    public required string SchoolId { get; set; }

    public required string DistrictId { get; set; }

    public required string StateId { get; set; }

    /// <summary>The student's grade then.</summary>
    public required string Grade { get; set; }
}

/// <summary>A score as it is written. School, district, state and grade are filled in from the teacher and the student.</summary>
public sealed record ScoreBody : IRecordBody<AssessmentsDbContext, Score, ScoreReferences>, IBatchBody
{
    internal static readonly FieldList<ScoreBody, Score> Fields =
        new FieldList<ScoreBody, Score>("scores", "scoreId", body => body.ScoreId, (score, id) => score.ScoreId = id)
            .FilteredBy("schoolYear")
            .RowsOf("studentId", score => [score.StudentId])
            .Reference("studentId", body => body.StudentId, (score, id) => score.StudentId = id, "students")
            .Reference("teacherId", body => body.TeacherId, (score, id) => score.TeacherId = id, "teachers")
            .Reference("testId", body => body.TestId, (score, id) => score.TestId = id, "tests")
            .Text("schoolYear", body => body.SchoolYear, (score, year) => score.SchoolYear = year, SchoolRules.SchoolYear)
            .Date("testDate", body => body.TestDate, (score, date) => score.TestDate = date, DateRule.Recorded)
            .Text("status", body => body.Status, (score, status) => score.Status = status, ScoreRules.Status, ScoreRules.Scored)
            .OptionalNumber("overallScore", body => body.OverallScore, (score, value) => score.OverallScore = value, TestScale.Value)
            .OptionalSmallNumber(
                "overallPerformanceLevel",
                body => body.OverallPerformanceLevel,
                (score, level) => score.OverallPerformanceLevel = level,
                new NumberRule(1, TestScale.MaxLevels, 0))
            .Custom(
                Dimensions.Field,
                new DimensionScoresColumn(),
                (body, errors) => Dimensions.Validate(body.DimensionScores ?? [], errors),
                (body, score) => score.DimensionScores = body.DimensionScores ?? [],
                (body, copy) => Dimensions.Write(body.DimensionScores ?? [], copy))
            .Rule(ScoreRules.Validate)
            .Happened(body => body.TestDate, "test_date");

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

    /// <summary>scored, which is the default, exempt, absent or invalidated: the student has no score then.</summary>
    public string? Status { get; init; }

    /// <summary>On the test's scale, from its minScore to its maxScore with at most so many decimal places. Required where the student was scored.</summary>
    public decimal? OverallScore { get; init; }

    /// <summary>Which of the test's levels, the lowest is 1. May be left out.</summary>
    public int? OverallPerformanceLevel { get; init; }

    /// <summary>At most 50, on the test's scale, by name.</summary>
    public Dictionary<string, decimal>? DimensionScores { get; init; }

    public string? GivenId() => ScoreId;

    public DateOnly? HappenedOn() => Fields.HappenedOn(this);

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
        if (!now.HasTest)
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
        score.Grade = now.Grade!;
        return score;
    }

    public bool RefersToOthers(Score record) => (record.TeacherId, record.TestId, record.StudentId) != (TeacherId, TestId, StudentId);

    public void TakeOver(Score record, ScoreReferences now)
    {
        if (record.TeacherId != TeacherId)
        {
            record.TakePlace(now);
        }

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
        score.ToTable(table =>
        {
            table.HasCheckConstraint("ck_scores_value", ScoreRules.ValueSql);
            table.HasCheckConstraint("ck_scores_year_of_date", SchoolRules.DateOfYearSql("test_date", "school_year"));
        });
        score.HasTeacher().HasReference<Score, Student>(nameof(Score.StudentId)).HasReference<Score, Test>(nameof(Score.TestId));
        score.HasIndex(row => new { row.StudentId, row.TestId, row.SchoolYear }).IsUnique().HasDatabaseName("uq_scores_student_id_test_id_school_year");
    }
}

/// <summary>What a score takes over from its teacher and student as of now.</summary>
/// <param name="Grade">The student's; null where that is not known.</param>
public sealed record ScoreReferences(string? SchoolId, string? DistrictId, string? StateId, bool HasTest, string? Grade, bool IsRecorded) : ITeacherPlace
{
    /// <summary>Reads all in one query.</summary>
    public static Task<ScoreReferences> ReadAsync(AssessmentsDbContext db, ScoreBody body, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<ScoreReferences>($"""
            SELECT place.school_id, place.district_id, place.state_id,
                   EXISTS (SELECT FROM tests WHERE test_id = {body.TestId}) AS has_test,
                   (SELECT grade FROM students WHERE student_id = {body.StudentId}) AS grade,
                   EXISTS (SELECT FROM scores WHERE score_id = {body.ScoreId}) AS is_recorded
            FROM (SELECT {body.TeacherId} AS teacher_id) AS given
            LEFT JOIN teacher_places AS place USING (teacher_id)
            """).SingleAsync(cancellationToken);
}
