using System.Text.Json.Serialization;

namespace Andi.AnalyticsApi.Assessments.Comparisons;

/// <summary>How a school or a district did in a test.</summary>
/// <param name="TotalStudents">Scores: one for each student and school year.</param>
internal sealed record Compared(string Id, string? Name, string TestId, string Subject, long TotalStudents, double AvgScore, double MedianScore);

/// <summary>A page of a comparison.</summary>
/// <param name="NextCursor">For <c>cursor=</c> of the next page; null on the last.</param>
internal sealed record Comparison(IReadOnlyList<Compared> Items, string? NextCursor);

/// <summary>A row of a comparison, as district_schools.sql has it, with the value it is sorted by.</summary>
internal sealed record ComparedRow(
    string Id, string? Name, string TestId, string Subject, long TotalStudents, double AvgScore, double MedianScore, string SortText, ulong SortNumber)
{
    public Compared ToCompared() => new(Id, Name, TestId, Subject, TotalStudents, AvgScore, MedianScore);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ComparedRow))]
[JsonSerializable(typeof(ComparisonCursor))]
internal sealed partial class ComparisonsJson : JsonSerializerContext;
