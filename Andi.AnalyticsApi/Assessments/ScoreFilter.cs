using System.ComponentModel;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Assessments;

/// <summary>Which scores a question is about.</summary>
internal sealed record ScoreFilter
{
    [FromQuery(Name = "schoolYear")]
    [Description("A school year, 2026 or 2025-2026; omitted: all years.")]
    public string? SchoolYear { get; init; }

    [FromQuery(Name = "testId")]
    [Description("A test; omitted: all tests.")]
    public string? TestId { get; init; }

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public ProblemHttpResult? Check()
    {
        if (SchoolYear is not null && !Requests.SchoolYear.IsValid(SchoolYear))
        {
            return Problem.Invalid("schoolYear", Requests.SchoolYear.Reason);
        }

        return TestId is { Length: 0 } ? Problem.Invalid("testId", "must not be empty.") : null;
    }

    /// <summary>As the queries' parameters <c>year</c> and <c>test</c>, with the given one before them.</summary>
    public ClickHouseParameters With(string name, string value) => new() { { name, value }, { "year", SchoolYear }, { "test", TestId } };
}
