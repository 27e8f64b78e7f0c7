using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Requests;

/// <summary>How many items a page has, from the query's <c>limit</c>: text, as the binder's own words for a number that is none do not name the field.</summary>
internal static class PageSize
{
    public const string Description = "How many items at most, 1 to 1000; default 100.";

    private const int Max = 1000;
    private const int Default = 100;

    /// <param name="limit">One that <see cref="Check"/> finds nothing wrong with; null: as many as a page has where nothing is said.</param>
    public static int Of(string? limit) => limit is null ? Default : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public static ProblemHttpResult? Check(string? limit) => Of(limit) is < 1 or > Max ? Problem.Invalid("limit", $"must be a number from 1 to {Max}.") : null;
}
