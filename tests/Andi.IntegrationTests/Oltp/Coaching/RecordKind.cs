namespace Andi.IntegrationTests.Oltp.Coaching;

/// <summary>What is recorded of teachers in three ways that must behave alike.</summary>
/// <param name="Path">Below <c>/v1/</c>.</param>
/// <param name="IdField">The id in JSON.</param>
/// <param name="Table">In the database, and the import's name.</param>
/// <param name="IdColumn">The key there.</param>
/// <param name="Changed">A field, as a correction sets it.</param>
/// <param name="ChangedTo">As JSON.</param>
internal sealed record RecordKind(string Path, string IdField, string Table, string IdColumn, string Changed, string ChangedTo)
{
    public static readonly RecordKind Session = new("ciq-sessions", "sessionId", "ciq_sessions", "session_id", "teacherTalkRatio", "0.4999");
    public static readonly RecordKind Use = new("resource-usage", "usageId", "resource_usage", "usage_id", "rating", "5");
    public static readonly RecordKind Activity = new("community-activity", "activityId", "community_activity", "activity_id", "forum", "\"Science\"");

    public static RecordKind Of(string path) => new[] { Session, Use, Activity }.Single(kind => kind.Path == path);
}
