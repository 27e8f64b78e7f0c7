using System.ComponentModel;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Coaching.Resources;

/// <summary>Which page of the resources.</summary>
internal sealed record UsagePage
{
    [FromQuery(Name = "cursor")]
    [Description("nextCursor of the page before; omitted: the first page.")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit")]
    [Description(PageSize.Description)]
    public string? Limit { get; init; }

    private int Size => PageSize.Of(Limit);

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public ProblemHttpResult? Check() => PageSize.Check(Limit)
        ?? (Cursor is not null && UsageCursor.Parse(Cursor) is null ? OpaqueCursor.Unknown() : null);

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
