using Andi.AnalyticsApi.Requests;

namespace Andi.AnalyticsApi.Assessments.Comparisons;

/// <summary>Where a page ended: the sort value of its last row, and its ids, which make it unique. Opaque to clients.</summary>
/// <param name="Sort">The sort it was made for.</param>
/// <param name="Text">Of a sort by text, else empty.</param>
/// <param name="Number">Of a sort by number, its bits, else 0.</param>
internal sealed record ComparisonCursor(string Sort, string Text, ulong Number, string Id, string TestId)
{
    public override string ToString() => OpaqueCursor.Write(this);

    /// <summary>Null where the text is none.</summary>
    public static ComparisonCursor? Parse(string text) =>
        OpaqueCursor.Parse<ComparisonCursor>(text) is { Sort: not null, Text: not null, Id: not null, TestId: not null } cursor ? cursor : null;
}
