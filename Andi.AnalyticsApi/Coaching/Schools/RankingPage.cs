using System.ComponentModel;
using System.Globalization;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Coaching.Schools;

/// <summary>Which page of a ranking, and by what. A page begins at a place, so what changes between two pages may show twice or not at all.</summary>
internal sealed record RankingPage
{
    private static readonly string[] Measures = ["ciqScore", "equityScore", "waitTimeSeconds", "studentEngagement"];

    [FromQuery(Name = "measure")]
    [Description("ciqScore (default), equityScore, waitTimeSeconds or studentEngagement: the average by which schools are ranked, highest first.")]
    public string? Measure { get; init; }

    [FromQuery(Name = "cursor")]
    [Description("nextCursor of the page before; omitted: the first page.")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit")]
    [Description(PageSize.Description)]
    public string? Limit { get; init; }

    private int Size => PageSize.Of(Limit);

    private uint? After => uint.TryParse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null;

    private string MeasureOrDefault => Measure ?? Measures[0];

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public ProblemHttpResult? Check()
    {
        if (!Measures.Contains(MeasureOrDefault, StringComparer.Ordinal))
        {
            return Problem.Invalid("measure", $"must be one of {string.Join(", ", Measures)}.");
        }

        if (PageSize.Check(Limit) is { } wrongSize)
        {
            return wrongSize;
        }

        return Cursor is not null && After is null ? OpaqueCursor.Unknown() : null;
    }

    /// <summary>Adds the query's parameters; one row more than the page holds tells whether another follows.</summary>
    public void AddTo(ClickHouseParameters parameters)
    {
        parameters.Add("measure", MeasureOrDefault);
        parameters.Add("after", After ?? 0);
        parameters.Add("page_size", (uint)Size + 1);
    }

    /// <summary>The page, of its rows and one more where another page follows.</summary>
    public SchoolRanking Of(IReadOnlyList<RankedSchool> rows) =>
        new([.. rows.Take(Size)], rows.Count > Size ? rows[Size - 1].Place.ToString(CultureInfo.InvariantCulture) : null);
}
