using System.ComponentModel;
using System.Globalization;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Coaching.Resources;

/// <summary>Which page of the resources.</summary>
internal sealed record UsagePage
{
    private const int MaxSize = 1000;
    private const int DefaultSize = 100;

    [FromQuery(Name = "cursor")]
    [Description("nextCursor of the page before; omitted: the first page.")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit")]
    [Description("How many items at most, 1 to 1000; default 100.")]
    public string? Limit { get; init; }

    private int Size => Limit is null ? DefaultSize : int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public ProblemHttpResult? Check()
    {
        if (Size is < 1 or > MaxSize)
        {
            return Problem.Invalid("limit", $"must be a number from 1 to {MaxSize}.");
        }

        return Cursor is not null && UsageCursor.Parse(Cursor) is null ? Problem.Invalid("cursor", "is not one that an answer gave as nextCursor.") : null;
    }

    /// <summary>Adds the query's parameters; one row more than the page holds tells whether another follows.</summary>
    public void AddTo(ClickHouseParameters parameters)
    {
        var after = Cursor is null ? null : UsageCursor.Parse(Cursor);
        parameters.Add("continued", after is not null);
        parameters.Add("after_count", after?.Count ?? 0);
        parameters.Add("after_id", after?.Id ?? "");
        parameters.Add("page_size", (uint)Size + 1);
    }

    /// <summary>The page, of its rows and one more where another page follows.</summary>
    public ResourceUsage Of(IReadOnlyList<ResourceUses> rows)
    {
        var last = rows.Count > Size ? rows[Size - 1] : null;
        return new ResourceUsage([.. rows.Take(Size)], last is null ? null : new UsageCursor(last.UseCount, last.Id).ToString());
    }
}
