using Andi.Oltp.Imports;
using Andi.Oltp.Imports.Columns;
using Andi.Oltp.Imports.Staging;
using Andi.Oltp.Requests;
using Andi.Oltp.Storage;

namespace Andi.Oltp.Coaching.Usage;

/// <summary>How many uses at once are written, from a CSV file or from a JSON batch.</summary>
internal static class ResourceUseImport
{
    public const string Table = "resource_usage";
    public const string RatingIsMissing = "is required with the action rate";
    public const string RatingIsNotAllowed = "may only be given with the action rate";

    public static readonly ImportColumn[] Content =
    [
        ValueColumn.Text("resourceId", "resource_id", TextRules.Id),
        ValueColumn.Text("action", "action", CoachingRules.UsageAction),
        ValueColumn.WholeNumber("durationSeconds", "duration_seconds", CoachingRules.Duration, isRequired: false),
        ValueColumn.SmallInt("rating", "rating", CoachingRules.Rating, isRequired: false),
        ValueColumn.Instant("occurredAt", "occurred_at", InstantRule.Recorded),
    ];

    // A rating and the action it belongs to are two cells, which are read one by one.
    private static readonly StagingCheck RatingWithRate = new("rating", $"""
        SELECT line, CASE WHEN rating IS NULL THEN '{RatingIsMissing}' ELSE '{RatingIsNotAllowed}' END
        FROM import_rows WHERE (action = '{CoachingRules.Rate}') <> (rating IS NOT NULL)
        """);

    public static ImportDefinition Define(IdSource ids) => PlacedTable.Define(
        Table, "usageId", "usage_id", ids, Content, StagingCheck.Known("resourceId", "resource_id", "resources", "resource_id"), RatingWithRate);
}
