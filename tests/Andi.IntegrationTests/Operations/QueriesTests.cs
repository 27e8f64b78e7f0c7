using System.Text.Json;
using Andi.IntegrationTests.Cli;
using Andi.Warehouse;

namespace Andi.IntegrationTests.Operations;

/// <summary>Every named query is asked with what the warehouse itself holds.</summary>
public sealed class QueriesTests(AndiUnderTest andi) : IClassFixture<AndiUnderTest>
{
    [Fact]
    [Trait("Category", "Long")]
    public async Task Every_named_query_is_asked_and_one_that_cannot_be_answered_makes_it_fail()
    {
        var empty = await andi.RunAsync("queries", "--json");
        empty.Code.ShouldBe(1);
        Outcomes(empty).Single(outcome => outcome.Query == "schools/teacher").Error!.ShouldContain("{id:String}");

        var changes = new SchoolChanges(andi, 21);
        await changes.CreateAsync();
        await changes.ChangeAsync(30);
        await andi.WaitUntilAppliedAsync();
        // The queries of areas whose tables are empty here fail for just that; assessments has rows.
        var answered = await andi.RunAsync("queries", "--area", "assessments", "--json");
        answered.Code.ShouldBe(0, answered.Output + answered.Error);
        var outcomes = Outcomes(answered);
        outcomes.Select(outcome => outcome.Query).Distinct().ShouldBe(
            WarehouseQuery.All().Where(query => query.Area == "assessments").Select(query => $"{query.Area}/{query.Name}"));
        outcomes.ShouldAllBe(outcome => outcome.Error == null && outcome.Milliseconds > 0);
        outcomes.Where(outcome => outcome.Rows == 0).Select(outcome => outcome.Query).Distinct().ShouldBeEmpty();
        outcomes.Count(outcome => outcome.Query == "assessments/classroom_scores").ShouldBe(2);
        // Narrowed to what the answer's own parameters say; PostgreSQL tells how many scores there are of that.
        var narrowed = outcomes.Single(outcome => outcome is { Query: "assessments/classroom_student_scores", Variant: "narrowed" });
        narrowed.Rows.ShouldBe(await andi.SourceAsync<long>($"""
            SELECT count(*) FROM scores
            WHERE test_date >= date_trunc('month', now() - interval '5 years')
                AND teacher_id = '{narrowed.Parameters["teacher"]}' AND school_year = '{narrowed.Parameters["year"]}'
                AND test_id = '{narrowed.Parameters["test"]}'
            """));
        Outcomes(await andi.RunAsync("queries", "--json")).Length.ShouldBeGreaterThanOrEqualTo(outcomes.Length);

        await andi.WarehouseAsync("RENAME TABLE agg.dimension_scores TO agg.gone");
        var broken = await andi.RunAsync("queries", "--area", "assessments");
        await andi.WarehouseAsync("RENAME TABLE agg.gone TO agg.dimension_scores");
        broken.Code.ShouldBe(1, broken.Output);
        broken.Output.Split('\n').Where(line => line.Contains("FAILED", StringComparison.Ordinal))
            .ShouldAllBe(line => line.StartsWith("assessments/dimension_scores", StringComparison.Ordinal));
    }

    private static Outcome[] Outcomes(CommandLine.Outcome outcome)
    {
        outcome.Output.ShouldStartWith("{", customMessage: outcome.Error);
        using var answer = JsonDocument.Parse(outcome.Output);
        return answer.RootElement.GetProperty("queries").Deserialize<Outcome[]>(JsonSerializerOptions.Web)!;
    }

    private sealed record Outcome(string Query, string Variant, double? Milliseconds, long? Rows, Dictionary<string, string?> Parameters, string? Error);
}
