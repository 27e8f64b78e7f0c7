using System.Text.Json;
using Andi.Web.Downloads;

namespace Andi.Web.Areas.Assessments;

/// <summary>The compared classrooms of a school as CSV: each comes from an answer of its own.</summary>
internal static class ClassroomsCsv
{
    private const int MostPages = 20;

    public static void MapClassroomsCsv(this IEndpointRouteBuilder app) => app.MapGet("/download/classrooms-of-school/{schoolId}", async (
        string schoolId, string testId, string schoolYear, ClassroomsOfSchool classrooms) =>
    {
        var rows = new List<Row>();
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var compared = await classrooms.CompareAsync(schoolId, testId, schoolYear, before: null, cursor);
            rows.AddRange(compared.Groups.Select(group => new Row(
                group.Id, group.Name, schoolYear, testId, group.Count, group.Average, group.Median, group.Interval?.Low, group.Interval?.High)));
            cursor = compared.NextCursor;
            if (cursor is null)
            {
                break;
            }
        }

        return CsvFile.Of(JsonSerializer.SerializeToElement(rows, JsonSerializerOptions.Web), $"classrooms-{schoolId}");
    });

    /// <summary>What a <see cref="CsvLink"/> asks for.</summary>
    public static string PathOf(string schoolId, string testId, string schoolYear) =>
        Apis.ApiPath.Of($"classrooms-of-school/{schoolId}?testId={testId}&schoolYear={schoolYear}");

    private sealed record Row(
        string TeacherId, string Name, string SchoolYear, string TestId, long? StudentCount, double? AvgScore, double? MedianScore, double? IntervalLow,
        double? IntervalHigh);
}
