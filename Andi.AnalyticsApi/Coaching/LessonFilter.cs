using System.ComponentModel;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Coaching;

/// <summary>Which lessons a question is about.</summary>
internal sealed record LessonFilter
{
    [FromQuery(Name = "subject")]
    [Description("A subject; omitted: all.")]
    public string? Subject { get; init; }

    [FromQuery(Name = "grade")]
    [Description("A grade; omitted: all.")]
    public string? Grade { get; init; }

    /// <summary>As the queries' parameters <c>subject</c> and <c>grade</c>, with the given one before them.</summary>
    public ClickHouseParameters With(string name, string? value) => new() { { name, value }, { "subject", Subject }, { "grade", Grade } };
}
