using System.Globalization;
using System.Text.Json.Nodes;

namespace Andi.Web.Areas.Assessments;

/// <summary>A score as Andi.Oltp has it.</summary>
internal sealed record StoredScore(
    string ScoreId, string StudentId, string TeacherId, string TestId, string SchoolYear, DateOnly TestDate, string Status, decimal? OverallScore,
    int? OverallPerformanceLevel, IReadOnlyDictionary<string, decimal> DimensionScores);

/// <summary>What somebody typed for a score, whether it makes sense or not.</summary>
/// <param name="Dimensions">In the order of the form; one without a value is taken away.</param>
public sealed record TypedScore(
    string? Status, string? OverallScore, string? Level, string? TestDate, IReadOnlyList<(string Name, string Value)> Dimensions)
{
    public const string Scored = "scored";

    public static readonly IReadOnlyList<string> Statuses = [Scored, "exempt", "absent", "invalidated"];

    /// <summary>What the form shows at first.</summary>
    internal static TypedScore Of(StoredScore score) => new(
        score.Status, Text(score.OverallScore), Text(score.OverallPerformanceLevel), score.TestDate.ToString("O", CultureInfo.InvariantCulture),
        [.. score.DimensionScores.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, Text(one.Value)))]);

    public static TypedScore Of(IFormCollection form)
    {
        var (names, values) = (form["dimension"], form["dimensionScore"]);
        return new(
            form["status"], form["overallScore"], form["overallPerformanceLevel"], form["testDate"],
            [.. names.Zip(values).Select(one => (one.First?.Trim() ?? "", one.Second?.Trim() ?? "")).Where(one => one.Item1 != "" || one.Item2 != "")]);
    }

    /// <summary>Writes it over what is recorded. What is no number or date goes to the API as it was typed, which says so.</summary>
    public JsonObject Body(string studentId, string teacherId, string testId, string schoolYear)
    {
        var body = new JsonObject
        {
            ["studentId"] = studentId,
            ["teacherId"] = teacherId,
            ["testId"] = testId,
            ["schoolYear"] = schoolYear,
            ["testDate"] = string.IsNullOrWhiteSpace(TestDate) ? null : TestDate,
            ["status"] = Status,
        };
        if (Status == Scored)
        {
            body["overallScore"] = Number(OverallScore);
            body["overallPerformanceLevel"] = Number(Level);
            var dimensions = new JsonObject();
            foreach (var (name, value) in Dimensions.Where(dimension => dimension.Value != ""))
            {
                dimensions[name] = Number(value);
            }

            body["dimensionScores"] = dimensions;
        }

        return body;
    }

    private static JsonValue? Number(string? typed) => string.IsNullOrWhiteSpace(typed) ? null
        : decimal.TryParse(typed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number) : JsonValue.Create(typed);

    private static string Text(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";
}
