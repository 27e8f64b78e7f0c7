using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Andi.Oltp.Requests;

namespace Andi.Oltp.Assessments.Scores;

/// <summary>A score as it is written. School, district, state, subject and grade are filled in from the teacher, the test and the student.</summary>
public sealed record ScoreBody
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

    /// <summary>Copies all but what the server fills in.</summary>
    public void Apply(Score score)
    {
        score.StudentId = StudentId!;
        score.TeacherId = TeacherId!;
        score.TestId = TestId!;
        score.SchoolYear = SchoolYear!;
        score.TestDate = TestDate!.Value;
        score.OverallScore = OverallScore!.Value;
        score.OverallPerformanceLevel = (short)OverallPerformanceLevel!.Value;
        score.DimensionScores = DimensionScores ?? [];
    }

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
