using System.ComponentModel;
using Andi.AnalyticsApi.Problems;
using Andi.AnalyticsApi.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>In which order a comparison is.</summary>
internal sealed record ComparisonSort
{
    private const string Default = "name";

    private static readonly string[] Fields = ["name", "id", "testId", "subject", "totalStudents", "avgScore", "medianScore"];

    [FromQuery(Name = "sort")]
    [Description(
        "name (default), id, testId, subject, totalStudents, avgScore or medianScore; with - before it descending. Equal ones by id, testId and schoolYear.")]
    public string? Sort { get; init; }

    private string SortOrDefault => Sort ?? Default;

    /// <summary>What is wrong with it or with the page; null where nothing is.</summary>
    public ProblemHttpResult? Check(PageRequest page)
    {
        if (!Fields.Contains(SortOrDefault.TrimStart('-'), StringComparer.Ordinal) || SortOrDefault.StartsWith("--", StringComparison.Ordinal))
        {
            return Problem.Invalid("sort", $"must be one of {string.Join(", ", Fields)}, or one of them with - before it.");
        }

        return page.Check<ComparisonCursor>(cursor => cursor.IsWhole())
            ?? (page.After<ComparisonCursor>() is { } after && after.Sort != SortOrDefault
                ? Problem.Invalid("cursor", $"belongs to sort={after.Sort}.")
                : null);
    }

    /// <summary>The page of all that is compared.</summary>
    public Comparison Page(RowsOfYear<Compared> all, PageRequest page)
    {
        var order = new ComparisonOrder(SortOrDefault.TrimStart('-'), SortOrDefault[0] == '-');
        var rows = all.Rows.Select(order.Row);
        if (page.After<ComparisonCursor>() is { } after)
        {
            rows = rows.Where(row => order.IsAfter(row, after));
        }

        var (items, next) = page.Of(
            [.. rows.Order(order).Take(page.Size + 1)],
            last => new ComparisonCursor(
                SortOrDefault, last.SortText, last.SortNumber, last.Compared.Id ?? "", last.Compared.TestId, last.Compared.SchoolYear));
        return new Comparison(all.SchoolYear, [.. items.Select(row => row.Compared)], next);
    }
}

/// <summary>Where a page ended: the sort value of its last row, and its ids, which make it unique.</summary>
/// <param name="Sort">The sort it was made for.</param>
/// <param name="Text">Of a sort by text, else empty.</param>
/// <param name="Number">Of a sort by number, its bits, else 0.</param>
internal sealed record ComparisonCursor(string Sort, string Text, ulong Number, string Id, string TestId, string SchoolYear)
{
    /// <summary>JSON may leave properties out.</summary>
    public bool IsWhole() => this is { Sort: not null, Text: not null, Id: not null, TestId: not null, SchoolYear: not null };
}

/// <summary>A row of a comparison, with the value it is sorted by.</summary>
/// <param name="SortText">Of a sort by text, else empty.</param>
/// <param name="SortNumber">Of a sort by number, its bits, else 0.</param>
internal sealed record ComparedRow(Compared Compared, string SortText, ulong SortNumber);

/// <summary>The order of a comparison: by one field, then by id, test and year. Text is compared by its bytes in UTF-8, as the engine would.</summary>
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
            "id" => compared.Id ?? "",
            "testId" => compared.TestId,
            "subject" => compared.Subject ?? "",
            _ => "",
        };
        var number = sort switch
        {
            "totalStudents" => compared.TotalStudents ?? 0,
            "avgScore" => compared.AvgScore ?? 0,
            "medianScore" => compared.MedianScore ?? 0,
            _ => 0,
        };
        return new ComparedRow(compared, text, BitConverter.DoubleToUInt64Bits(number));
    }

    /// <summary>Whether it stands behind the row where a page ended.</summary>
    public bool IsAfter(ComparedRow row, ComparisonCursor end) => Compare(row, end.Text, end.Number, end.Id, end.TestId, end.SchoolYear) > 0;

    public int Compare(ComparedRow? x, ComparedRow? y) =>
        Compare(x!, y!.SortText, y.SortNumber, y.Compared.Id ?? "", y.Compared.TestId, y.Compared.SchoolYear);

    private int Compare(ComparedRow row, string text, ulong number, string id, string test, string year)
    {
        var order = Utf8Order.Instance.Compare(row.SortText, text) is not 0 and var byText
            ? byText
            : BitConverter.UInt64BitsToDouble(row.SortNumber).CompareTo(BitConverter.UInt64BitsToDouble(number));
        return order != 0 ? (descending ? -order : order)
            : Utf8Order.Instance.Compare(row.Compared.Id ?? "", id) is not 0 and var byId ? byId
            : Utf8Order.Instance.Compare(row.Compared.TestId, test) is not 0 and var byTest ? byTest
            : Utf8Order.Instance.Compare(row.Compared.SchoolYear, year);
    }
}
