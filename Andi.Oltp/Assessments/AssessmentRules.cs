using Andi.Oltp.Requests;

namespace Andi.Oltp.Assessments;

/// <summary>The area's own rules, for JSON and CSV alike.</summary>
internal static class AssessmentRules
{
    public const int NameLength = 200;
    public const int DimensionNameLength = 64;
    public const int MaxDimensions = 50;

    public static readonly TextRule Name = TextRules.Text(NameLength);
    public static readonly TextRule DimensionName = TextRules.Text(DimensionNameLength);
    public static readonly NumberRule MaxScore = new(0.01m, 99_999.99m, 2);
    public static readonly NumberRule PerformanceLevel = new(1, 4, 0);
    public static readonly DateOnly FirstTestDate = new(1970, 1, 1);
    public static readonly DateOnly LastTestDate = new(2099, 12, 31);
}
