using System.Text.Json;
using Andi.Warehouse.DataTests;

namespace Andi.IntegrationTests.AnalyticsApi;

/// <summary>Data tests run by the API by itself.</summary>
public sealed class QualityTests(AnalyticsApiFixture api) : IClassFixture<AnalyticsApiFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Every_data_test_is_run_again_and_again_and_what_breaks_shows()
    {
        var all = await WaitAsync(answer => answer.GetProperty("passed").GetBoolean());
        all.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()).ShouldBe(DataTest.All().Select(test => test.Name));
        all.GetProperty("items").EnumerateArray().ShouldAllBe(item =>
            item.GetProperty("failingRows").GetInt64() == 0 && item.GetProperty("lastRun").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(-2));

        await api.World.ScoresAsync(
            TestContext.Current.CancellationToken,
            World.Score("nobody", "T1", "C1", "D1", "X1", 50m, 1),
            World.Score("nobody else", "T1", "C1", "D1", "X1", 50m, 5));
        var broken = await WaitAsync(answer => Failing(answer).Count == 2);
        broken.GetProperty("passed").GetBoolean().ShouldBeFalse();
        Failing(broken).ShouldBe([("assessments/student_scores_have_a_student", "failed", 2), ("assessments/student_scores_levels", "failed", 1)]);
    }

    private static List<(string?, string?, long)> Failing(JsonElement answer) =>
    [
        .. answer.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("status").GetString() != "passed")
            .Select(item => (item.GetProperty("name").GetString(), item.GetProperty("status").GetString(), item.GetProperty("failingRows").GetInt64())),
    ];

    private async Task<JsonElement> WaitAsync(Func<JsonElement, bool> condition)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            var answer = await api.GetAsync("/v1/quality");
            if (condition(answer))
            {
                return answer;
            }

            (DateTime.UtcNow < deadline).ShouldBeTrue(answer.ToString());
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }
}
