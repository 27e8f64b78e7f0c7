using Andi.Oltp.Imports;
using Andi.Oltp.Imports.Columns;
using Andi.Oltp.Imports.Staging;
using Andi.Oltp.Requests;
using Andi.Oltp.Storage;

namespace Andi.Oltp.Coaching.Community;

/// <summary>How many activities at once are written, from a CSV file or from a JSON batch.</summary>
internal static class CommunityActivityImport
{
    public const string Table = "community_activity";

    public static readonly ImportColumn[] Content =
    [
        ValueColumn.Text("kind", "kind", CoachingRules.ActivityKind),
        ValueColumn.Text("forum", "forum", CoachingRules.Forum),
        ValueColumn.Instant("occurredAt", "occurred_at", InstantRule.Recorded),
    ];

    public static ImportDefinition Define(IdSource ids) => PlacedTable.Define(Table, "activityId", "activity_id", ids, Content);
}
