using System.ComponentModel.DataAnnotations;
using Andi.Audit;
using Andi.Sql;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Oltp.Audit;

/// <summary>Section <c>Audit</c> of the configuration.</summary>
public sealed class AuditOptions
{
    /// <summary>How often entries are looked for that have no seal yet. Default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:30")]
    public TimeSpan SealInterval { get; set; } = TimeSpan.FromMilliseconds(500);
}

/// <summary>
/// Gives entries their places in the hash chain, so that those who write need not wait for each other. Whichever instance has the lock does it. An entry is
/// sealed once every transaction that is older than its own has ended, so that none can turn up behind its place.
/// </summary>
public sealed partial class AuditSealer(AuditDatabase database, IOptions<AuditOptions> options, TimeProvider time, ILogger<AuditSealer> logger)
    : BackgroundService
{
    private const int MaxBatch = 500;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private static readonly string LockSql = EmbeddedSql.Read("Audit/Sql/try_lock.sql");
    private static readonly string NextSql = WithColumns("next_entries");
    private static readonly string LeftSql = WithColumns("left_entries");
    private static readonly string LastSql = EmbeddedSql.Read("Audit/Sql/last_seal.sql");
    private static readonly string SealSql = EmbeddedSql.Read("Audit/Sql/insert_seals.sql");

    // What was left without a seal by another cluster, before a restore, need not be behind the last seal: looked for at the start.
    private bool _hasLookedEverywhere;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = options.Value.SealInterval;
            try
            {
                wait = await SealAsync(stoppingToken) == MaxBatch ? TimeSpan.Zero : wait;
            }
            catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException)
            {
                wait = AfterFailure;
                LogNotSealed(failure, wait.TotalSeconds);
            }

            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Seals what can be sealed now, up to a few hundred entries; returns how many.</summary>
    internal async Task<int> SealAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var tryLock = new NpgsqlCommand(LockSql, connection, transaction);
        if (!(bool)(await tryLock.ExecuteScalarAsync(cancellationToken))!)
        {
            return 0;
        }

        // A statement of its own: what the last one who had the lock has committed is to be seen.
        var head = await ReadHeadAsync(connection, cancellationToken);
        var entries = await ReadNextAsync(connection, head, cancellationToken);
        if (entries.Count == 0)
        {
            _hasLookedEverywhere = true;
            return 0;
        }

        var (position, now, hash) = (entries[0].Position, Microseconds(time.GetUtcNow().UtcDateTime), head.Hash);
        var seals = new List<(AuditSeal Seal, byte[] Hash)>();
        foreach (var (entry, _) in entries)
        {
            var seal = new AuditSeal(head.Sequence + seals.Count + 1, now, position, hash);
            hash = AuditChain.Hash(seal, entry);
            seals.Add((seal, hash));
        }

        await using var insert = new NpgsqlCommand(SealSql, connection, transaction);
        insert.Parameters.AddInOrder(
            seals.ConvertAll(one => one.Seal.Sequence).ToArray(), entries.ConvertAll(one => one.Entry.Id).ToArray(), now, position,
            seals.ConvertAll(one => one.Seal.PreviousHash).ToArray(), seals.ConvertAll(one => one.Hash).ToArray());
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return entries.Count;
    }

    private static async Task<Head> ReadHeadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var last = new NpgsqlCommand(LastSql, connection);
        var heads = await last.ReadAllAsync(
            row => new Head(
                row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetInt64(2), row.IsDBNull(3) ? 0 : row.GetFieldValue<ulong>(3), row.GetBoolean(4)),
            cancellationToken);
        return heads.Count == 0 ? new Head(0, AuditChain.Genesis, 0, 0, IsElsewhere: true) : heads[0];
    }

    private async Task<List<(StoredEntry Entry, string Position)>> ReadNextAsync(NpgsqlConnection connection, Head head, CancellationToken cancellationToken)
    {
        var everywhere = head.IsElsewhere || !_hasLookedEverywhere;
        await using var next = new NpgsqlCommand(everywhere ? LeftSql : NextSql, connection);
        if (!everywhere)
        {
            next.Parameters.Add(new() { Value = head.TransactionId, NpgsqlDbType = NpgsqlDbType.Xid8 });
            next.Parameters.AddInOrder(head.EntryId);
        }

        next.Parameters.AddInOrder(MaxBatch);
        return await next.ReadAllAsync(row => (row.ReadEntry(), row.GetString(AuditRows.ColumnCount)), cancellationToken);
    }

    private static string WithColumns(string file) =>
        EmbeddedSql.Read($"Audit/Sql/{file}.sql").Replace("{{columns}}", AuditRows.Columns, StringComparison.Ordinal);

    // What PostgreSQL keeps of an instant.
    private static DateTime Microseconds(DateTime instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));

    private sealed record Head(long Sequence, byte[] Hash, long EntryId, ulong TransactionId, bool IsElsewhere);

    [LoggerMessage(1150, LogLevel.Warning, "Entries of the audit log could not be sealed; again in {Seconds} s")]
    private partial void LogNotSealed(Exception failure, double seconds);
}
