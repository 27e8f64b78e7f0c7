using Andi.AnalyticsApi.Requests;

namespace Andi.AnalyticsApi.Assessments.Comparisons;

/// <summary>The order of a comparison: by one field, then by id and test. Text is compared by its bytes in UTF-8, as the engine would.</summary>
/// <param name="sort">The field, as <c>sort=</c> names it.</param>
/// <param name="descending">By that field; ids ascend always.</param>
internal sealed class ComparisonOrder(string sort, bool descending) : IComparer<ComparedRow>
{
    /// <summary>With what it is sorted by.</summary>
    public ComparedRow Row(Compared compared)
    {
        var text = sort switch
        {
            "name" => compared.Name ?? "",
            "id" => compared.Id,
            "testId" => compared.TestId,
            "subject" => compared.Subject,
            _ => "",
        };
        var number = sort switch
        {
            "totalStudents" => compared.TotalStudents,
            "avgScore" => compared.AvgScore,
            "medianScore" => compared.MedianScore,
            _ => 0,
        };
        return new ComparedRow(compared, text, BitConverter.DoubleToUInt64Bits(number));
    }

    /// <summary>Whether it stands behind the row where a page ended.</summary>
    public bool IsAfter(ComparedRow row, ComparisonCursor end) => Compare(row, end.Text, end.Number, end.Id, end.TestId) > 0;

    public int Compare(ComparedRow? x, ComparedRow? y) => Compare(x!, y!.SortText, y.SortNumber, y.Compared.Id, y.Compared.TestId);

    private int Compare(ComparedRow row, string text, ulong number, string id, string test)
    {
        var order = Utf8Order.Instance.Compare(row.SortText, text) is not 0 and var byText
            ? byText
            : BitConverter.UInt64BitsToDouble(row.SortNumber).CompareTo(BitConverter.UInt64BitsToDouble(number));
        return order != 0 ? (descending ? -order : order)
            : Utf8Order.Instance.Compare(row.Compared.Id, id) is not 0 and var byId ? byId
            : Utf8Order.Instance.Compare(row.Compared.TestId, test);
    }
}
