namespace Andi.AnalyticsApi.Assessments.Comparisons;

/// <summary>How a school or a district did in a test.</summary>
/// <param name="TotalStudents">Scores: one for each student and school year.</param>
internal sealed record Compared(string Id, string? Name, string TestId, string Subject, long TotalStudents, double AvgScore, double MedianScore);

/// <summary>A page of a comparison.</summary>
/// <param name="NextCursor">For <c>cursor=</c> of the next page; null on the last.</param>
internal sealed record Comparison(IReadOnlyList<Compared> Items, string? NextCursor);

/// <summary>A row of a comparison, with the value it is sorted by.</summary>
/// <param name="SortText">Of a sort by text, else empty.</param>
/// <param name="SortNumber">Of a sort by number, its bits, else 0.</param>
internal sealed record ComparedRow(Compared Compared, string SortText, ulong SortNumber);
