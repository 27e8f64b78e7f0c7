using System.ComponentModel;
using Andi.AnalyticsApi.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Assessments.Comparisons;

/// <summary>Which page of a comparison, in which order.</summary>
internal sealed record ComparisonPage
{
    private const string DefaultSort = "name";

    private static readonly string[] Sorts = ["name", "id", "testId", "subject", "totalStudents", "avgScore", "medianScore"];

    [FromQuery(Name = "sort")]
    [Description("name (default), id, testId, subject, totalStudents, avgScore or medianScore; with - before it descending. Equal ones by id and testId.")]
    public string? Sort { get; init; }

    [FromQuery(Name = "cursor")]
    [Description("nextCursor of the page before; omitted: the first page.")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit")]
    [Description(PageSize.Description)]
    public string? Limit { get; init; }

    private int Size => PageSize.Of(Limit);

    private string SortOrDefault => Sort ?? DefaultSort;

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public ProblemHttpResult? Check()
    {
        if (!Sorts.Contains(SortOrDefault.TrimStart('-'), StringComparer.Ordinal) || SortOrDefault.StartsWith("--", StringComparison.Ordinal))
        {
            return Problem.Invalid("sort", $"must be one of {string.Join(", ", Sorts)}, or one of them with - before it.");
        }

        if (PageSize.Check(Limit) is { } wrongSize)
        {
            return wrongSize;
        }

        if (Cursor is null)
        {
            return null;
        }

        return ComparisonCursor.Parse(Cursor) switch
        {
            null => OpaqueCursor.Unknown(),
            var cursor when cursor.Sort != SortOrDefault => Problem.Invalid("cursor", $"belongs to sort={cursor.Sort}."),
            _ => null,
        };
    }

    /// <summary>The page of all that is compared.</summary>
    public Comparison Of(IEnumerable<Compared> all)
    {
        var order = new ComparisonOrder(SortOrDefault.TrimStart('-'), SortOrDefault[0] == '-');
        var rows = all.Select(order.Row);
        if (Cursor is not null && ComparisonCursor.Parse(Cursor) is { } after)
        {
            rows = rows.Where(row => order.IsAfter(row, after));
        }

        List<ComparedRow> some = [.. rows.Order(order).Take(Size + 1)];
        var last = some.Count > Size ? some[Size - 1] : null;
        return new Comparison(
            [.. some.Take(Size).Select(row => row.Compared)],
            last is null ? null : new ComparisonCursor(SortOrDefault, last.SortText, last.SortNumber, last.Compared.Id, last.Compared.TestId).ToString());
    }
}
