using System.Diagnostics;
using Andi.Audit;
using Npgsql;

namespace Andi.Oltp.Storage;

/// <summary>The seams between a write and the change stream: where its commit stands, and which trace it belongs to.</summary>
internal static class CommitPosition
{
    /// <summary>Carries the position of a write; a read of the analytics API waits for it when it comes back as <c>Andi-At-Least</c>.</summary>
    public const string HeaderName = "Andi-Position";

    /// <summary>The prefix of the logical message that carries a transaction's W3C trace context; it comes before the changes.</summary>
    public const string TraceParentPrefix = "andi.traceparent";

    /// <summary>
    /// The end of the WAL that is durable now: at or after every commit this session has seen acknowledged, and no further than the change relay can
    /// read. (The insert position would also cover what other sessions have not flushed yet, and a read would wait for that too.)
    /// The last byte, not the end: a transaction's own end is then covered by the relay's heartbeat right after it.
    /// Without synchronous commit an acknowledged commit may not be flushed, so there it is the insert position after all.
    /// One less, because a position covers the commits at it, and the next commit may stand exactly at the end.
    /// </summary>
    private const string PositionSql = """
        SELECT ((CASE current_setting('synchronous_commit') WHEN 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn() END) - 1)::text
        """;

    /// <summary>
    /// Commits the transaction that <paramref name="connection"/> is in, and reads the position that covers it: one round trip. Not given up half-way:
    /// once the commit is under way its outcome is the answer's, whether or not the caller still listens.
    /// </summary>
    /// <param name="entry">What the transaction wrote, and for whom: it goes into the audit log with the commit, or the transaction is not committed.</param>
    /// <exception cref="AuditUnavailableException">The entry could not be added.</exception>
    public static async Task<string> CommitAsync(NpgsqlConnection connection, AuditEntry entry)
    {
        var insert = entry.Insert();
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { insert, new("COMMIT"), new(PositionSql) } };
        try
        {
            return (string)(await batch.ExecuteScalarAsync(CancellationToken.None))!;
        }
        catch (PostgresException refused) when (refused.BatchCommand == insert)
        {
            throw new AuditUnavailableException(refused);
        }
    }

    /// <summary>
    /// Writes the current trace context into the WAL, before the transaction's changes, so that the relay can hand it on with each of them. Npgsql sends
    /// BEGIN along with it: the one extra round trip is all it costs.
    /// </summary>
    public static async Task EmitTraceParentAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C, Id: { } traceParent })
        {
            return;
        }

        // Cast to text: what the function returns, an LSN, is of no use here.
        await using var command = new NpgsqlCommand("SELECT pg_logical_emit_message(true, $1, $2)::text", connection)
        {
            Parameters = { new() { Value = TraceParentPrefix }, new() { Value = traceParent } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
