using System.ComponentModel;
using System.Globalization;
using Andi.AnalyticsApi.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Assessments.Comparisons;

/// <summary>Which page of a comparison, in which order.</summary>
internal sealed record ComparisonPage
{
    private const int MaxSize = 1000;
    private const int DefaultSize = 100;
    private const string DefaultSort = "name";

    private static readonly string[] Sorts = ["name", "id", "testId", "subject", "totalStudents", "avgScore", "medianScore"];

    [FromQuery(Name = "sort")]
    [Description("name (default), id, testId, subject, totalStudents, avgScore or medianScore; with - before it descending. Equal ones by id and testId.")]
    public string? Sort { get; init; }

    [FromQuery(Name = "cursor")]
    [Description("nextCursor of the page before; omitted: the first page.")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit")]
    [Description("How many items at most, 1 to 1000; default 100.")]
    public string? Limit { get; init; }

    // Text, as the binder's own words for a number that is none do not name the field.
    private int Size => Limit is null ? DefaultSize : int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;

    private string SortOrDefault => Sort ?? DefaultSort;

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public ProblemHttpResult? Check()
    {
        if (!Sorts.Contains(SortOrDefault.TrimStart('-'), StringComparer.Ordinal) || SortOrDefault.StartsWith("--", StringComparison.Ordinal))
        {
            return Problem.Invalid("sort", $"must be one of {string.Join(", ", Sorts)}, or one of them with - before it.");
        }

        if (Size is < 1 or > MaxSize)
        {
            return Problem.Invalid("limit", $"must be a number from 1 to {MaxSize}.");
        }

        if (Cursor is null)
        {
            return null;
        }

        return ComparisonCursor.Parse(Cursor) switch
        {
            null => Problem.Invalid("cursor", "is not one that an answer gave as nextCursor."),
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
