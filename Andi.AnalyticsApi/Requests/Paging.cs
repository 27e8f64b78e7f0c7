using System.ComponentModel;
using System.Globalization;
using Andi.AnalyticsApi.Problems;
using Andi.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Requests;

/// <summary>A page of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="NextCursor">For <c>cursor=</c> of the next page; null on the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>Which page of a list is asked for. A cursor says where the page before ended.</summary>
internal sealed record PageRequest
{
    private const int MaxSize = 1000;
    private const int DefaultSize = 100;

    [FromQuery(Name = "cursor")]
    [Description("nextCursor of the page before; omitted: the first page.")]
    public string? Cursor { get; init; }

    // Text, as the binder's own words for a number that is none do not name the field.
    [FromQuery(Name = "limit")]
    [Description("How many items at most, 1 to 1000; default 100.")]
    public string? Limit { get; init; }

    /// <summary>How many items the page has at most.</summary>
    public int Size => Limit is null ? DefaultSize : int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;

    /// <summary>What is wrong with it; null where nothing is.</summary>
    /// <param name="isWhole">Whether a cursor has all of its properties, which JSON may leave out.</param>
    public ProblemHttpResult? Check<TCursor>(Func<TCursor, bool> isWhole)
        where TCursor : class
    {
        if (Size is < 1 or > MaxSize)
        {
            return Problem.Invalid("limit", $"must be a number from 1 to {MaxSize}.");
        }

        return Cursor is not null && (PageCursor.Parse<TCursor>(Cursor) is not { } cursor || !isWhole(cursor))
            ? Problem.Invalid("cursor", "is not one that an answer gave as nextCursor.")
            : null;
    }

    /// <summary>Where the page before ended; null for the first page.</summary>
    public TCursor? After<TCursor>()
        where TCursor : class => Cursor is null ? null : PageCursor.Parse<TCursor>(Cursor);

    /// <summary>The page, of its rows in order and, where another page follows, at least one more.</summary>
    /// <param name="rows">Those behind the page before.</param>
    /// <param name="end">Where a page ends whose last row is the given one.</param>
    public (IReadOnlyList<T> Items, string? NextCursor) Of<T, TCursor>(IReadOnlyList<T> rows, Func<T, TCursor> end) =>
        rows.Count > Size ? ([.. rows.Take(Size)], PageCursor.Text(end(rows[Size - 1]))) : (rows, null);
}
