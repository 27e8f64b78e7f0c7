using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using Andi.AnalyticsApi.Cache;
using Andi.AnalyticsApi.Problems;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>A test as it is now.</summary>
internal sealed record Test(string Id, string Name, string Subject)
{
    public static readonly EntityKind<Test> Kind = new(
        "test", "tests", WarehouseQuery.Of(AssessmentsArea.FolderName, "test"), test => test.Id, WarehouseQuery.Of(AssessmentsArea.FolderName, "tests"));
}

/// <summary>Which scores a question is about.</summary>
internal sealed partial record ScoreFilter
{
    [FromQuery(Name = "schoolYear")]
    [Description("A school year, 2025-2026 or 2025; omitted: all years.")]
    public string? SchoolYear { get; init => field = Canonical(value); }

    [FromQuery(Name = "testId")]
    [Description("A test; omitted: all tests.")]
    public string? TestId { get; init; }

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public ProblemHttpResult? Check()
    {
        if (SchoolYear is not null && !YearForm().IsMatch(SchoolYear))
        {
            return Problem.Invalid("schoolYear", "must be a year (2025) or a year and the next (2025-2026).");
        }

        return TestId is { Length: 0 } ? Problem.Invalid("testId", "must not be empty.") : null;
    }

    /// <summary>As the queries' parameters <c>year</c> and <c>test</c>, with the given one before them.</summary>
    public ClickHouseParameters With(string name, string value) => new() { { name, value }, { "year", SchoolYear }, { "test", TestId } };

    // As the write side keeps it.
    private static string? Canonical(string? year) =>
        year is { Length: 4 } && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            ? string.Create(CultureInfo.InvariantCulture, $"{year}-{first + 1:0000}")
            : year;

    [GeneratedRegex(@"^\d{4}-\d{4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex YearForm();
}

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
