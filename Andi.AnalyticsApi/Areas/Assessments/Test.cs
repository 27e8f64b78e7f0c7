using Andi.AnalyticsApi.Cache;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>A test as it is now.</summary>
/// <param name="MinScore">The lower end of its scale.</param>
/// <param name="MaxScore">The upper end of its scale.</param>
/// <param name="Decimals">How many decimal places a score may have.</param>
/// <param name="Bands">Ranges of scores that have names, the highest first.</param>
/// <param name="Levels">The names of the performance levels 1, 2 and so on.</param>
internal sealed record Test(
    string Id, string Name, string Subject, decimal MinScore, decimal MaxScore, int Decimals, IReadOnlyList<TestBand> Bands, IReadOnlyList<string> Levels)
{
    public static readonly EntityKind<Test> Kind = new(
        "test", "tests", WarehouseQuery.Of(AssessmentsArea.FolderName, "test"), test => test.Id, WarehouseQuery.Of(AssessmentsArea.FolderName, "tests"));
}

/// <summary>A range of scores that has a name: up to where the one before it begins.</summary>
internal sealed record TestBand(string Name, decimal From);

internal static class TestQuestions
{
    /// <summary>The tests of some rows, by id. One that was removed at this moment is not there.</summary>
    public static Task<IReadOnlyDictionary<string, Test>> TestsOfAsync<T>(
        this Questions questions, IEnumerable<T> rows, Func<T, string> testId, CancellationToken cancellationToken) =>
        questions.FindAsync(Test.Kind, rows.Select(testId), cancellationToken);
}
