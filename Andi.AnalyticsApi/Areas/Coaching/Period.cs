using System.ComponentModel;
using System.Globalization;
using Andi.AnalyticsApi.Problems;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Areas.Coaching;

/// <summary>Which days a question is about, by UTC. One that is about weeks or months takes those in which the days lie, whole.</summary>
internal sealed record Period
{
    private const string Form = "yyyy-MM-dd";

    // Nothing is later: Andi.Oltp takes no time from 2100 on.
    private static readonly DateOnly Last = new(2100, 12, 31);

    // A Date of ClickHouse, and the Monday of it.
    private static readonly DateOnly First = new(1970, 1, 5);

    [FromQuery(Name = "from")]
    [Description("The first day, as 2026-01-31; omitted: as far as the data reach, five years unless the warehouse was told otherwise.")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    [Description("The last day, as 2026-01-31; omitted: no end.")]
    public string? To { get; init; }

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public ProblemHttpResult? Check()
    {
        if (From is not null && Day(From) is null)
        {
            return Problem.Invalid("from", "must be a day, as 2026-01-31.");
        }

        if (To is not null && Day(To) is null)
        {
            return Problem.Invalid("to", "must be a day, as 2026-01-31.");
        }

        return Day(From) > Day(To) ? Problem.Invalid("to", "must not be before 'from'.") : null;
    }

    /// <summary>As the queries' parameters <c>from</c> and <c>to</c>.</summary>
    public void AddTo(ClickHouseParameters parameters, DateOnly oldest)
    {
        parameters.Add("from", Day(From) is { } first && first > oldest ? Earlier(first, Last) : oldest);
        parameters.Add("to", Day(To) is { } last ? Earlier(last > First ? last : First, Last) : Last);
    }

    private static DateOnly Earlier(DateOnly left, DateOnly right) => left < right ? left : right;

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>Questions about a period.</summary>
internal static class PeriodQuestions
{
    /// <summary>The rows of a query that takes <c>from</c> and <c>to</c> beside the parameters, <c>generation</c> and <c>oldest</c>.</summary>
    public static Task<IReadOnlyList<T>> RowsAsync<T>(
        this Questions questions, WarehouseQuery query, Period period, ClickHouseParameters parameters, CancellationToken cancellationToken)
    {
        period.AddTo(parameters, questions.OldestMonth);
        return questions.RowsAsync<T>(query, parameters, cancellationToken);
    }
}
