namespace Andi.Oltp.ChangeCapture;

internal static partial class RelayLog
{
    [LoggerMessage(1001, LogLevel.Information, "Relaying changes from slot {Slot}, generation {Generation}.")]
    public static partial void RelayStarted(this ILogger logger, string slot, int generation);

    [LoggerMessage(1002, LogLevel.Information, "Slot {Slot} is held by another instance; waiting for it.")]
    public static partial void StandingBy(this ILogger logger, string slot);

    [LoggerMessage(1003, LogLevel.Error, "Relay of generation {Generation} failed {Attempt} times; restarting in {Delay}.")]
    public static partial void RelayFailed(this ILogger logger, Exception exception, int generation, TimeSpan delay, int attempt);

    [LoggerMessage(1004, LogLevel.Information, "Snapshot of generation {Generation} started at {Lsn}.")]
    public static partial void SnapshotStarted(this ILogger logger, int generation, string lsn);

    [LoggerMessage(1005, LogLevel.Information, "Snapshot of generation {Generation} completed with {Rows} rows.")]
    public static partial void SnapshotCompleted(this ILogger logger, int generation, long rows);

    [LoggerMessage(1006, LogLevel.Information, "Creating slot {Slot}; PostgreSQL waits for the running transactions first.")]
    public static partial void SlotCreationStarted(this ILogger logger, string slot);

    [LoggerMessage(1008, LogLevel.Warning, "Writing a marker for idle partitions to the WAL failed; retrying in {Interval}.")]
    public static partial void PulseFailed(this ILogger logger, Exception exception, TimeSpan interval);

    [LoggerMessage(1009, LogLevel.Error, "Generation {Generation} was abandoned and the next one requested: {Reason}.")]
    public static partial void GenerationAbandoned(this ILogger logger, int generation, string reason);

    [LoggerMessage(1010, LogLevel.Information, "Generation {Generation} was retired: readers read generation {Current}.")]
    public static partial void GenerationRetired(this ILogger logger, int generation, int current);

    [LoggerMessage(1011, LogLevel.Information, "Dropped slot {Slot} of a generation that has ended.")]
    public static partial void SlotDropped(this ILogger logger, string slot);

    [LoggerMessage(1012, LogLevel.Information, "Deleted the topics of generation {Generation}: {Topics}")]
    public static partial void TopicsDeleted(this ILogger logger, int generation, IReadOnlyList<string> topics);

    [LoggerMessage(1013, LogLevel.Warning, "The topics of generation {Generation} remain because this broker's protocol cannot delete them: {Topics}")]
    public static partial void TopicsStay(this ILogger logger, int generation, IReadOnlyList<string> topics);

    [LoggerMessage(1014, LogLevel.Warning, "Following the generations failed; retrying in {Interval}: {Reason}")]
    public static partial void FollowFailed(this ILogger logger, string reason, TimeSpan interval);

    [LoggerMessage(1015, LogLevel.Information, "Table {Schema}.{Table} joins generation {Generation}, which takes its snapshot.")]
    public static partial void TableJoined(this ILogger logger, string schema, string table, int generation);

    [LoggerMessage(1016, LogLevel.Warning, "Table {Schema}.{Table} is gone from PostgreSQL; generation {Generation} no longer captures it.")]
    public static partial void TableLeft(this ILogger logger, string schema, string table, int generation);

    [LoggerMessage(1017, LogLevel.Error, "Generation {Generation} cannot capture table {Schema}.{Table}, which {Reason}. Remedy: {Remedy}")]
    public static partial void TableStopped(this ILogger logger, string schema, string table, int generation, string reason, string remedy);

    [LoggerMessage(1020, LogLevel.Warning, "Generation {Generation} takes a new snapshot of table {Schema}.{Table}, which {Reason}.")]
    public static partial void TableStartsAnew(this ILogger logger, string schema, string table, int generation, string reason);

    [LoggerMessage(1018, LogLevel.Information, "Snapshot of table {Schema}.{Table} started at {Lsn}.")]
    public static partial void TableSnapshotStarted(this ILogger logger, string schema, string table, string lsn);

    [LoggerMessage(1019, LogLevel.Information, "Snapshots of {Tables} tables completed with {Rows} rows.")]
    public static partial void TableSnapshotsCompleted(this ILogger logger, int tables, long rows);
}
