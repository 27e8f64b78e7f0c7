using Andi.Web.Apis;

namespace Andi.Web.Areas.Assessments;

/// <summary>
/// Questions that pages about states, districts, schools and classrooms have in common. What the visitor may not know, or the API does not know yet, is null:
/// then that part of the page is left out.
/// </summary>
/// <param name="oltp">Knows the scales of tests.</param>
internal sealed class ScoreQuestions(ReadApi api, WriteApi oltp)
{
    private const int AtOnce = 8;

    /// <param name="places">As paths name the level: <c>schools</c>.</param>
    public static string Path(string places, string id, string question, string? year = null, string? test = null) =>
        ApiPath.With(ApiPath.Of($"v1/{places}/{id}/") + question, ("schoolYear", year), ("testId", test));

    public Task<IReadOnlyList<TestOfPlace>?> TestsAsync(string places, string id) => ListAsync<TestOfPlace>(Path(places, id, "tests"));

    /// <summary>By school year, the oldest first.</summary>
    public Task<IReadOnlyList<ScoresOfYear>?> TrendAsync(string places, string id, string? test = null) =>
        ListAsync<ScoresOfYear>(Path(places, id, "trend", test: test));

    /// <summary>Of every year.</summary>
    public Task<IReadOnlyList<GradeScores>?> GradesAsync(string places, string id, string test) =>
        ListAsync<GradeScores>(Path(places, id, "scores", "all", test));

    public Task<IReadOnlyList<DimensionAverage>?> DimensionsAsync(string places, string id, string year, string test) =>
        ListAsync<DimensionAverage>(Path(places, id, "dimensions", year, test));

    public async Task<Distribution?> DistributionAsync(string places, string id, string year, string test) =>
        (await api.GetAsync<Distribution>(Path(places, id, "distribution", year, test))).Value;

    public async Task<TestScale?> TestAsync(string id) => (await oltp.GetAsync<TestScale>(ApiPath.Of($"v1/tests/{id}"), default)).Value;

    public async Task<IReadOnlyList<TestScale>> AllTestsAsync() => (await oltp.GetAsync<Page<TestScale>>("v1/tests?limit=1000", default)).Value?.Items ?? [];

    public async Task<IReadOnlyList<T>?> ListAsync<T>(string path) => (await api.GetAsync<Page<T>>(path)).Value?.Items;

    /// <summary>Asks about each of several things, a few at once.</summary>
    public static async Task<IReadOnlyList<TAnswer>> EachAsync<TThing, TAnswer>(IReadOnlyCollection<TThing> things, Func<TThing, Task<TAnswer>> ask)
    {
        using var places = new SemaphoreSlim(AtOnce);
        return await Task.WhenAll(things.Select(async thing =>
        {
            await places.WaitAsync();
            try
            {
                return await ask(thing);
            }
            finally
            {
                places.Release();
            }
        }));
    }
}
