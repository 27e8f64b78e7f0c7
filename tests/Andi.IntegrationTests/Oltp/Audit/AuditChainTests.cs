using System.Globalization;
using Andi.Audit;
using Andi.Oltp.Audit;
using Andi.Sql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Andi.IntegrationTests.Oltp.Audit;

/// <summary>The log's tables and its sealer, on a database of their own.</summary>
public sealed class AuditChainTests(EnginesFixture engines) : IAsyncLifetime
{
    private static readonly AuditCaller Caller = new("tester", "admin", null, null, "TEST /", null);

    private AuditDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private NpgsqlDataSource Source => _owner!;

    private NpgsqlDataSource? _owner;

    public async ValueTask InitializeAsync()
    {
        var connection = await engines.Migrated.CopyOltpAsync(Cancel);
        _database = new AuditDatabase(new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:oltp", connection)]).Build());
        _owner = NpgsqlDataSource.Create(connection);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await Source.DisposeAsync();
    }

    [Fact]
    public async Task Twenty_writers_and_two_sealers_make_one_chain_of_all_that_was_committed()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var sealing = new[] { Sealer(), Sealer() }.Select(async sealer =>
        {
            while (!stop.IsCancellationRequested)
            {
                await sealer.SealAsync(Cancel);
            }
        }).ToList();
        var committed = await Task.WhenAll(Enumerable.Range(0, 20).Select(writer => WriteAsync(new Random(writer), 25)));
        await stop.CancelAsync();
        await Task.WhenAll(sealing);
        await SealAllAsync(committed.Sum());

        var seals = await SealsAsync();
        seals.Count.ShouldBe(committed.Sum());
        var hash = AuditChain.Genesis;
        foreach (var (index, (seal, entry, stored)) in seals.Index())
        {
            seal.Sequence.ShouldBe(index + 1);
            seal.PreviousHash.ShouldBe(hash);
            stored.ShouldBe(AuditChain.Hash(seal, entry));
            hash = stored;
        }

        seals.Select(one => (ulong.Parse(one.Entry.TransactionId, CultureInfo.InvariantCulture), one.Entry.Id)).ShouldBeInOrder();
        (await CountAsync("SELECT count(*) FROM audit.entries")).ShouldBe(committed.Sum());
    }

    [Fact]
    public async Task Entry_waits_for_an_older_transaction_that_is_still_open_and_none_is_skipped()
    {
        await using var older = await Source.OpenConnectionAsync(Cancel);
        await using var open = await older.BeginTransactionAsync(Cancel);
        await AddAsync(older, "older");
        await using var younger = await Source.OpenConnectionAsync(Cancel);
        await AddAsync(younger, "younger");
        var sealer = Sealer();
        (await sealer.SealAsync(Cancel)).ShouldBe(0);
        await open.CommitAsync(Cancel);
        await SealAllAsync(2);
        (await SealsAsync()).Select(one => one.Entry.Resource).ShouldBe(["older", "younger"]);
    }

    [Theory]
    [InlineData("UPDATE audit.entries SET caller = 'another'")]
    [InlineData("UPDATE audit.entries SET subject_ids = '{another}'")]
    [InlineData("UPDATE audit.entries SET subject_ids = '{NULL}'")]
    [InlineData("UPDATE audit.entries SET subject_ids = '{}', subject_keys = '{}'")]
    [InlineData("DELETE FROM audit.entries")]
    [InlineData("TRUNCATE audit.entries")]
    [InlineData("UPDATE audit.seals SET hash = 'x'")]
    [InlineData("DELETE FROM audit.seals")]
    [InlineData("TRUNCATE audit.seals")]
    public async Task Nothing_is_changed_or_removed(string sql)
    {
        await using (var connection = await Source.OpenConnectionAsync(Cancel))
        {
            await AddAsync(connection, "x", "P1");
        }

        await using var command = Source.CreateCommand(sql);
        (await Should.ThrowAsync<PostgresException>(command.ExecuteNonQueryAsync(Cancel))).MessageText.ShouldContain("append-only");
    }

    [Fact]
    public async Task Erased_id_goes_wherever_it_stands_and_the_chain_stays_whole()
    {
        await using (var connection = await Source.OpenConnectionAsync(Cancel))
        {
            await AddAsync(connection, "x", "P1", "P2");
            await AddAsync(connection, "y", "P3");
        }

        await SealAllAsync(2);
        (await CountAsync("SELECT audit.redact('{P1,unknown}')")).ShouldBe(1);
        (await CountAsync("SELECT audit.redact('{P1}')")).ShouldBe(0);
        var seals = await SealsAsync();
        seals.Select(one => string.Join(' ', one.Entry.Subjects.Ids)).ShouldBe([" P2", "P3"]);
        seals.ShouldAllBe(one => one.Hash.SequenceEqual(AuditChain.Hash(one.Seal, one.Entry)));
        (await CountAsync("SELECT count(*) FROM audit.entries AS entry WHERE entry::text LIKE '%P1%'")).ShouldBe(0);
    }

    [Fact]
    public async Task Log_that_another_cluster_began_goes_on_here()
    {
        // As a restore brings them: transactions that this cluster will have long after.
        await using (var restored = Source.CreateCommand("""
            INSERT INTO audit.entries
                (caller, verb, resource, record_ids, record_keys, subject_ids, subject_keys, row_count, endpoint, transaction_id)
            SELECT 'x', 'read', 'x', '{}', '{}', '{}', '{}', 0, 'TEST /', ('4000000000000' || n)::xid8 FROM generate_series(1, 2) AS n
            """))
        {
            await restored.ExecuteNonQueryAsync(Cancel);
        }

        await SealAllAsync(2);
        await using (var connection = await Source.OpenConnectionAsync(Cancel))
        {
            await AddAsync(connection, "here");
        }

        await SealAllAsync(3);
        (await SealsAsync()).Select(one => one.Entry.Resource).ShouldBe(["x", "x", "here"]);
    }

    private AuditSealer Sealer() => new(_database, Options.Create(new AuditOptions()), TimeProvider.System, NullLogger<AuditSealer>.Instance);

    /// <summary>Others' transactions in the same cluster may hold it up for a while.</summary>
    private async Task SealAllAsync(long entries)
    {
        var sealer = Sealer();
        for (var deadline = DateTime.UtcNow.AddSeconds(60); await CountAsync("SELECT count(*) FROM audit.seals") < entries;)
        {
            (DateTime.UtcNow < deadline).ShouldBeTrue("waited 60 s for the seals");
            await sealer.SealAsync(Cancel);
        }
    }

    private async Task<int> WriteAsync(Random random, int transactions)
    {
        var committed = 0;
        await using var connection = await Source.OpenConnectionAsync(Cancel);
        for (var number = 0; number < transactions; number++)
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            var entries = random.Next(1, 4);
            for (var entry = 0; entry < entries; entry++)
            {
                await AddAsync(connection, "x", $"P{number}");
                await Task.Delay(random.Next(3), Cancel);
            }

            if (random.Next(5) == 0)
            {
                await transaction.RollbackAsync(Cancel);
                continue;
            }

            await transaction.CommitAsync(Cancel);
            committed += entries;
        }

        return committed;
    }

    private static async Task AddAsync(NpgsqlConnection connection, string resource, params string[] subjects)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new AuditEntry(Caller, AuditVerbs.Read, resource) { Subjects = AuditIds.Of(subjects), Count = subjects.Length }.Insert() },
        };
        await batch.ExecuteNonQueryAsync(Cancel);
    }

    private async Task<List<(AuditSeal Seal, StoredEntry Entry, byte[] Hash)>> SealsAsync()
    {
        const int Seal = AuditRows.ColumnCount;
        await using var command = Source.CreateCommand($"""
            SELECT {AuditRows.Columns}, sequence, sealed_at, position, previous_hash, hash
            FROM audit.seals JOIN audit.entries AS entry ON entry.id = entry_id ORDER BY sequence
            """);
        return await command.ReadAllAsync(
            row => (
                new AuditSeal(row.GetInt64(Seal), row.GetDateTime(Seal + 1), row.GetString(Seal + 2), row.GetFieldValue<byte[]>(Seal + 3)),
                row.ReadEntry(), row.GetFieldValue<byte[]>(Seal + 4)),
            Cancel);
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
