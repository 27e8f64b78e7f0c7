using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Andi.Oltp.Imports.Batches;
using Andi.Oltp.Imports.Copy;
using Andi.Oltp.Requests;
using Andi.Oltp.Requests.Records;

namespace Andi.Oltp.Assessments.Scores;

/// <summary>A score as it is written. School, district, state, subject and grade are filled in from the teacher, the test and the student.</summary>
public sealed record ScoreBody : IRecordBody<AssessmentsDbContext, Score, ScoreSurroundings>, IBatchBody
{
    /// <summary>Made by the server where it is not given. Giving one makes a repeated request harmless.</summary>
    public string? ScoreId { get; init; }

    [Required]
    public string? StudentId { get; init; }

    [Required]
    public string? TeacherId { get; init; }

    [Required]
    public string? TestId { get; init; }

    /// <summary>A year (<c>2026</c>) or a year and the next (<c>2025-2026</c>); a JSON number is taken as its text.</summary>
    [Required]
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? SchoolYear { get; init; }

    /// <summary>From 1970-01-01 to 2099-12-31.</summary>
    [Required]
    public DateOnly? TestDate { get; init; }

    /// <summary>0 to 100, at most two decimal places.</summary>
    [Required]
    [Range(0, 100)]
    public decimal? OverallScore { get; init; }

    [Required]
    [Range(1, 4)]
    public int? OverallPerformanceLevel { get; init; }

    /// <summary>At most 50 of 0 to 100 with at most two decimal places, by name.</summary>
    public Dictionary<string, decimal>? DimensionScores { get; init; }

    public string? GivenId() => ScoreId;

    public void Validate(FieldErrors errors)
    {
        errors.OptionalText("scoreId", ScoreId, TextRules.Id);
        errors.Text("studentId", StudentId, TextRules.Id);
        errors.Text("teacherId", TeacherId, TextRules.Id);
        errors.Text("testId", TestId, TextRules.Id);
        errors.Text("schoolYear", SchoolYear, TextRules.SchoolYear);
        errors.Number("overallScore", OverallScore, NumberRule.Percentage);
        errors.Number("overallPerformanceLevel", OverallPerformanceLevel, AssessmentRules.PerformanceLevel);
        if (TestDate is null)
        {
            errors.Add("testDate", FieldErrors.Required);
        }
        else if (TestDate < AssessmentRules.FirstTestDate || TestDate > AssessmentRules.LastTestDate)
        {
            errors.Add("testDate", string.Create(
                CultureInfo.InvariantCulture, $"must be from {AssessmentRules.FirstTestDate:O} to {AssessmentRules.LastTestDate:O}"));
        }

        ValidateDimensions(errors);
    }

    public Task<ScoreSurroundings> ReadSurroundingsAsync(AssessmentsDbContext db, CancellationToken cancellationToken) =>
        ScoreSurroundings.ReadAsync(db, this, cancellationToken);

    public void AddUnknown(FieldErrors errors, ScoreSurroundings now)
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

    public Score Create(string id, ScoreSurroundings now) => new()
    {
        ScoreId = id,
        StudentId = StudentId!,
        TeacherId = TeacherId!,
        TestId = TestId!,
        SchoolYear = SchoolYear!,
        TestDate = TestDate!.Value,
        OverallScore = OverallScore!.Value,
        OverallPerformanceLevel = (short)OverallPerformanceLevel!.Value,
        DimensionScores = DimensionScores ?? [],
        SchoolId = now.SchoolId!,
        DistrictId = now.DistrictId!,
        StateId = now.StateId!,
        Subject = now.Subject!,
        Grade = now.Grade!,
    };

    public bool IsOfOthers(Score record) => (record.TeacherId, record.TestId, record.StudentId) != (TeacherId, TestId, StudentId);

    public void TakeOver(Score record, ScoreSurroundings now)
    {
        if (record.TeacherId != TeacherId)
        {
            record.TakePlace(now);
        }

        record.Subject = record.TestId == TestId ? record.Subject : now.Subject!;
        record.Grade = record.StudentId == StudentId ? record.Grade : now.Grade!;
    }

    public void Apply(Score record)
    {
        record.StudentId = StudentId!;
        record.TeacherId = TeacherId!;
        record.TestId = TestId!;
        record.SchoolYear = SchoolYear!;
        record.TestDate = TestDate!.Value;
        record.OverallScore = OverallScore!.Value;
        record.OverallPerformanceLevel = (short)OverallPerformanceLevel!.Value;
        record.DimensionScores = DimensionScores ?? [];
    }

    public void Stage(CopyRow copy, long line, string newId) => ScoreImport.Write(this, line, newId, copy);

    private void ValidateDimensions(FieldErrors errors)
    {
        if (DimensionScores?.Count > AssessmentRules.MaxDimensions)
        {
            errors.Add("dimensionScores", $"has more than {AssessmentRules.MaxDimensions} dimensions");
            return;
        }

        foreach (var (name, value) in DimensionScores ?? [])
        {
            if (AssessmentRules.DimensionName(Encoding.UTF8.GetBytes(name)) is { } reason)
            {
                errors.Add("dimensionScores", $"has a name that {reason}");
            }

            errors.Number($"dimensionScores.{name}", value, NumberRule.Percentage);
        }
    }
}
