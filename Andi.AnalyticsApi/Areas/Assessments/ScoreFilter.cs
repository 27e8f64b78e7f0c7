using System.ComponentModel;
using Andi.AnalyticsApi.Cache;
using Andi.AnalyticsApi.Problems;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>Which scores a question is about.</summary>
internal sealed record ScoreFilter
{
    /// <summary>As a year: each year.</summary>
    public const string All = "all";

    [FromQuery(Name = "schoolYear")]
    [Description("A school year, 2025-2026 or 2025; all: each year for itself; omitted: the newest that has scores, which the answer names.")]
    public string? SchoolYear { get; init => field = Schools.SchoolYear.Canonical(value); }

    [FromQuery(Name = "testId")]
    [Description("A test; omitted: all tests, each for itself.")]
    public string? TestId { get; init; }

    /// <summary>Whether each year is asked for.</summary>
    public bool IsOfAllYears => SchoolYear == All;

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public ProblemHttpResult? Check()
    {
        if (SchoolYear is not (null or All) && !Schools.SchoolYear.IsOne(SchoolYear))
        {
            return Problem.Invalid("schoolYear", $"{Schools.SchoolYear.Expected}, or all.");
        }

        return TestId is { Length: 0 } ? Problem.Invalid("testId", "must not be empty.") : null;
    }

    /// <summary>As the queries' parameters <c>year</c> and <c>test</c>, with the given one before them.</summary>
    public ClickHouseParameters With(string name, string value) =>
        new() { { name, value }, { "year", IsOfAllYears ? null : SchoolYear }, { "test", TestId } };

    /// <summary>
    /// The rows that the question is about: where it names no year those of the newest. Scores of different years never add up, as a student may have one in
    /// each.
    /// </summary>
    public RowsOfYear<T> Choose<T>(IReadOnlyList<T> rows, Func<T, string> year)
    {
        if (SchoolYear is not null)
        {
            return new(IsOfAllYears ? null : SchoolYear, rows);
        }

        var newest = rows.Select(year).Max(StringComparer.Ordinal);
        return new(newest, [.. rows.Where(row => year(row) == newest)]);
    }
}

/// <summary>What is answered, and of which year.</summary>
/// <param name="SchoolYear">Null: each row is of its own year, or there is none.</param>
internal sealed record RowsOfYear<T>(string? SchoolYear, IReadOnlyList<T> Rows);

/// <summary>Questions about the scores of one entity.</summary>
internal static class ScoreQuestions
{
    /// <summary>As <see cref="Questions.AnswerAsync"/>; the filter's test must be there, too.</summary>
    public static Task<Results<Ok<TAnswer>, ProblemHttpResult>> AnswerAsync<TEntity, TRows, TAnswer>(
        this Questions questions, EntityKind<TEntity> kind, string id, ScoreFilter filter, Func<Task<TRows>> ask, Func<TEntity, TRows, TAnswer> answer,
        CancellationToken cancellationToken)
        where TEntity : class =>
        questions.AnswerAsync(kind, id, filter.Check(), ask, answer, cancellationToken,
            () => questions.UnknownAsync(Test.Kind, filter.TestId, cancellationToken));

    /// <summary>As <see cref="Questions.AskAsync"/>; the filter's test must be there, too.</summary>
    public static Task<(ProblemHttpResult? Problem, TEntity About, TRows Rows)> AskAsync<TEntity, TRows>(
        this Questions questions, EntityKind<TEntity> kind, string id, ScoreFilter filter, Func<Task<TRows>> ask, CancellationToken cancellationToken)
        where TEntity : class =>
        questions.AskAsync(kind, id, filter.Check(), ask, cancellationToken, () => questions.UnknownAsync(Test.Kind, filter.TestId, cancellationToken));
}
