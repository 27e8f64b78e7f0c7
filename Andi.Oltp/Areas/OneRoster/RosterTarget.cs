using System.Globalization;
using System.Text.Json;
using Andi.Oltp.Areas.Assessments;
using Andi.Sql;

namespace Andi.Oltp.Areas.OneRoster;

/// <summary>A table that rows of a file become, by way of its own import.</summary>
/// <param name="Entity">The import, which is called as the table.</param>
/// <param name="File">Of the rows, without <c>.csv</c>.</param>
/// <param name="Key">The column that has the OneRoster id.</param>
/// <param name="Fields">The file's columns by the fields of the import, for messages; several of either separated by commas.</param>
internal sealed record RosterTarget(string Entity, string File, string Key, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>In the order in which the tables refer to each other.</summary>
    public static IReadOnlyList<RosterTarget> All { get; } =
    [
        new("districts", "orgs", "district_id", new Dictionary<string, string> { ["districtId"] = "sourcedId" }),
        new("schools", "orgs", "school_id", new Dictionary<string, string> { ["schoolId"] = "sourcedId", ["districtId"] = "parentSourcedId" }),
        new("teachers", "users", "teacher_id", new Dictionary<string, string> { ["teacherId"] = "sourcedId", ["schoolId"] = "orgSourcedIds" }),
        new("students", "users", "student_id", new Dictionary<string, string> { ["studentId"] = "sourcedId", ["schoolId"] = "orgSourcedIds" }),
        new(
            "classes", "classes", "class_id",
            new Dictionary<string, string> { ["classId"] = "sourcedId", ["schoolId"] = "schoolSourcedId", ["teacherId"] = "sourcedId" }),
        new(
            "enrollments", "enrollments", "",
            new Dictionary<string, string>
            {
                ["classId"] = "classSourcedId",
                ["studentId"] = "userSourcedId",
                ["from"] = "beginDate",
                ["to"] = "endDate",
                ["classId, studentId, from"] = "classSourcedId, userSourcedId, beginDate",
                ["from, to"] = "beginDate, endDate",
            }),
        new(
            "tests", "lineItems", "test_id",
            new Dictionary<string, string>
            {
                ["testId"] = "sourcedId",
                ["minScore"] = "resultValueMin",
                ["maxScore"] = "resultValueMax",
                ["minScore, maxScore, decimals, levels"] = "resultValueMin, resultValueMax",
            }),
        new(
            "scores", "results", "score_id",
            new Dictionary<string, string>
            {
                ["scoreId"] = "sourcedId",
                ["studentId"] = "studentSourcedId",
                ["teacherId"] = "lineItemSourcedId",
                ["testId"] = "lineItemSourcedId",
                ["schoolYear"] = "lineItemSourcedId",
                ["testDate"] = "scoreDate",
                ["overallScore"] = "score",
                ["overallPerformanceLevel"] = "score",
                ["dimensionScores"] = "score",
                ["studentId, testId, schoolYear"] = "studentSourcedId, lineItemSourcedId",
            }),
    ];

    /// <summary>Stages the file's rows for the import.</summary>
    public string TranslateSql => WithScale(Read(Entity)) ?? throw new InvalidOperationException($"There is no translation to {Entity}.");

    /// <summary>What is to be done beforehand with rows that the file's rows replace; null: nothing.</summary>
    public string? ReplaceSql => Read($"replace_{Entity}");

    /// <summary>Takes away the rows that are to be deleted.</summary>
    public string RemoveSql => Read($"remove_{Entity}") ?? $"""
        DELETE FROM public.{Entity} USING import_oneroster_{File} AS gone WHERE gone.status = '{RosterColumn.ToBeDeleted}' AND {Entity}.{Key} = gone.sourced_id
        """;

    /// <summary>The lines that cannot be taken away, as rows of another table refer to what they name.</summary>
    /// <param name="table">The other table, whose column is called as the key.</param>
    public string StillReferencedSql(string table) => $"""
        SELECT line, 'sourcedId', 'is still referenced by {table}: ''' || sourced_id || ''''
        FROM import_oneroster_{File} AS gone
        WHERE status = '{RosterColumn.ToBeDeleted}' AND EXISTS (SELECT FROM public.{table} AS other WHERE other.{Key} = gone.sourced_id)
        ORDER BY line
        """;

    /// <summary>Has a file's rows go with those that they refer to, and tells line, field and reason of each; null where there is no such statement.</summary>
    public static string? CascadeSql(RosterFile file) => Read($"cascade_{file.Name.ToLowerInvariant()}");

    /// <summary>Counts a file's rows that are of no interest; null where all are.</summary>
    public static string? IgnoredSql(RosterFile file) => Read($"ignored_{file.Name.ToLowerInvariant()}");

    // The scale that a test has which says nothing of it is known to the tests alone.
    private static string? WithScale(string? sql) => sql?
        .Replace("{{decimals}}", Number(TestScale.DefaultDecimals), StringComparison.Ordinal)
        .Replace("{{lowest}}", Number(TestScale.DefaultMin), StringComparison.Ordinal)
        .Replace("{{highest}}", Number(TestScale.DefaultMax), StringComparison.Ordinal)
        .Replace("{{bands}}", Json(TestScale.DefaultBands(TestScale.DefaultMin, TestScale.DefaultMax)), StringComparison.Ordinal)
        .Replace("{{levels}}", Json(TestScale.DefaultLevels), StringComparison.Ordinal);

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web).Replace("'", "''", StringComparison.Ordinal);

    private static string? Read(string name)
    {
        var path = $"Areas/OneRoster/Sql/{name}.sql";
        return typeof(RosterTarget).Assembly.GetManifestResourceInfo(path) is null ? null : EmbeddedSql.Read(path);
    }
}
