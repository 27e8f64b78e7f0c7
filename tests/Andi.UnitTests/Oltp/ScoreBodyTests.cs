using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Oltp.Areas.Assessments;
using Andi.Oltp.Validation;

namespace Andi.UnitTests.Oltp;

public sealed class ScoreBodyTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.Strict };

    [Fact]
    public void Good_score_has_no_errors() => Errors(Good()).ShouldBeEmpty();

    [Fact]
    public void Every_missing_field_is_named() => Errors(new ScoreBody()).Keys.ShouldBe(
        ["studentId", "teacherId", "testId", "schoolYear", "testDate", "overallScore"], ignoreOrder: true);

    [Fact]
    public void Every_wrong_field_is_named()
    {
        var errors = Errors(Good() with
        {
            StudentId = "a/b",
            SchoolYear = "26",
            TestDate = new DateOnly(1969, 12, 31),
            OverallScore = 100_000,
            OverallPerformanceLevel = 8,
            DimensionScores = new() { ["algebra"] = -100_000, ["geometry"] = 1.23456m, ["fine"] = 3 },
        });
        errors.Keys.ShouldBe(
            ["studentId", "schoolYear", "testDate", "overallScore", "overallPerformanceLevel", "dimensionScores.algebra", "dimensionScores.geometry"],
            ignoreOrder: true);
    }

    [Fact]
    public void Dimensions_are_limited()
    {
        Errors(Good() with { DimensionScores = Enumerable.Range(0, 51).ToDictionary(number => $"d{number}", _ => 1m) }).Keys.ShouldBe(["dimensionScores"]);
        Errors(Good() with { DimensionScores = new() { [""] = 1 } }).Keys.ShouldBe(["dimensionScores"]);
    }

    [Theory]
    [InlineData("2026", "2026")]
    [InlineData("\"2025-2026\"", "2025-2026")]
    public void School_years_come_as_text_or_number(string json, string schoolYear) =>
        JsonSerializer.Deserialize<ScoreBody>($$"""{"schoolYear":{{json}}}""", Json)!.SchoolYear.ShouldBe(schoolYear);

    [Fact]
    public void School_year_of_another_type_is_refused() =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<ScoreBody>("""{"schoolYear":[2026]}""", Json)).Path.ShouldBe("$.schoolYear");

    private static IDictionary<string, string[]> Errors(ScoreBody body)
    {
        var errors = new FieldErrors();
        body.Validate(errors);
        return errors.Any ? Should.Throw<ProblemException>(errors.ThrowIfAny).Errors : new Dictionary<string, string[]>();
    }

    private static ScoreBody Good() => new()
    {
        StudentId = "S1",
        TeacherId = "T1",
        TestId = "M1",
        SchoolYear = "2025-2026",
        TestDate = new DateOnly(2026, 5, 1),
        OverallScore = 88.5m,
        OverallPerformanceLevel = 3,
        DimensionScores = new() { ["algebra"] = 90.25m },
    };
}
