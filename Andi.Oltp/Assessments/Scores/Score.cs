using Andi.Oltp.Requests.Records;

namespace Andi.Oltp.Assessments.Scores;

/// <summary>The result of a student in a test of a school year. There is one per student, test and school year.</summary>
public sealed class Score : IPlaced
{
    public required string ScoreId { get; init; }

    public required string StudentId { get; set; }

    /// <summary>Whose classroom the score counts for.</summary>
    public required string TeacherId { get; set; }

    public required string TestId { get; set; }

    /// <summary><c>2026</c> or <c>2025-2026</c>.</summary>
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
