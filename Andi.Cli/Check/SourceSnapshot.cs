using System.Runtime.CompilerServices;
using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.Internal;
using Npgsql.Replication.PgOutput;
using NpgsqlTypes;

namespace Andi.Cli.Check;

/// <summary>
/// PostgreSQL's rows as of one position: the point where a temporary logical slot begins, which exports the snapshot of exactly that point. The slot is gone
/// as soon as the snapshot is taken up, so that it holds no WAL.
/// </summary>
internal sealed class SourceSnapshot : IAsyncDisposable
{
    private static readonly TimeSpan SlotTimeout = TimeSpan.FromMinutes(2);

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private SourceSnapshot(NpgsqlConnection connection, NpgsqlTransaction transaction, ulong point)
    {
        _connection = connection;
        _transaction = transaction;
        Point = point;
    }

    /// <summary>All transactions that committed before this LSN are in there, and none that committed at or after it.</summary>
    public ulong Point { get; }

    /// <summary>In the snapshot's transaction, for one statement at a time.</summary>
    public NpgsqlConnection Connection => _connection;

    /// <exception cref="CommandFailure">A transaction that was open when asked did not end for two minutes: PostgreSQL has no consistent point
    /// before.</exception>
    public static async Task<SourceSnapshot> TakeAsync(string connectionString, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(SlotTimeout);
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Options = "-c datestyle=ISO -c timezone=UTC",
            Pooling = false,
            ApplicationName = "andi check",
        };
        await using var replication = new LogicalReplicationConnection(settings.ConnectionString);
        await replication.Open(limit.Token);
        PgOutputReplicationSlot slot;
        try
        {
            slot = new PgOutputReplicationSlot(await replication.CreateLogicalReplicationSlot(
                $"andi_check_{Guid.NewGuid():N}", "pgoutput", isTemporary: true, LogicalSlotSnapshotInitMode.Export, cancellationToken: limit.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailure($"PostgreSQL found no consistent point within {SlotTimeout.TotalMinutes:0} minutes: a transaction has been open for that "
                + "long.");
        }

        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
            await using var adopt = new NpgsqlCommand($"SET TRANSACTION READ ONLY; SET TRANSACTION SNAPSHOT '{slot.SnapshotName}'", connection);
            await adopt.ExecuteNonQueryAsync(cancellationToken);
            return new SourceSnapshot(connection, transaction, (ulong)slot.ConsistentPoint);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the source's side of a pair of check files returns: columns by name, as text.</summary>
    public async IAsyncEnumerable<Dictionary<string, string?>> RowsAsync(
        string sql, DateOnly oldest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 0, AllResultTypesAreUnknown = true };
        if (sql.Contains("@oldest", StringComparison.Ordinal))
        {
            command.Parameters.Add(new NpgsqlParameter("oldest", NpgsqlDbType.Date) { Value = oldest });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new Dictionary<string, string?>(reader.FieldCount);
            for (var column = 0; column < reader.FieldCount; column++)
            {
                row[reader.GetName(column)] = reader.IsDBNull(column) ? null : reader.GetString(column);
            }

            yield return row;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
