using Andi.ChangeEvents;
using Andi.Ingestor.Ledger;
using Andi.Warehouse.Ingest;
using Npgsql;

namespace Andi.IntegrationTests.Ingestor;

public sealed class PartitionLedgerTests(EnginesFixture engines) : IAsyncLifetime
{
    private const string Columns = """[{"Name":"thing_id","Type":"String"}]""";
    private const string Topic = "andi.public.things";

    private NpgsqlDataSource _database = null!;
    private PartitionLedger _ledger = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var connection = await engines.CreateDatabaseAsync(Cancellation);
        await LedgerSchema.MigrateAsync(connection, Cancellation);
        _database = NpgsqlDataSource.Create(connection);
        _ledger = new PartitionLedger(_database, TimeProvider.System);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Only_the_newest_owner_announces_and_confirms()
    {
        var old = TakeOver(0);
        var young = TakeOver(0);

        young.Fence.ShouldBe(old.Fence + 1);
        (await DeclareAsync(old, 0, 5)).ShouldBe(Declaration.FencedOff);
        (await DeclareAsync(young, 0, 5)).ShouldBe(Declaration.Declared);
        await Should.ThrowAsync<FencedOffException>(() => ApplyAsync(old, 5));
        await ApplyAsync(young, 5);
        TakeOver(0).Applied.Offset.ShouldBe(5);
    }

    [Fact]
    public async Task New_owner_finds_the_batch_that_is_pending_and_may_announce_no_other()
    {
        await DeclareAsync(TakeOver(0), 0, 5);

        var next = TakeOver(0);

        (next.Pending?.Range, next.Pending?.Columns).ShouldBe((new OffsetRange(0, 5), Columns));
        (await DeclareAsync(next, 0, 6)).ShouldBe(Declaration.FencedOff);
        (await DeclareAsync(next, 0, 5)).ShouldBe(Declaration.Declared);
    }

    [Fact]
    public async Task What_the_warehouse_refuses_of_a_pending_batch_is_known_to_the_next_owner_until_the_batch_is_applied()
    {
        var (old, batch) = (TakeOver(0), new OffsetRange(0, 5));
        await DeclareAsync(old, 0, 5);
        await _ledger.NoteRefusedAsync(old, batch, new Dictionary<long, string> { [3] = "too large" }, Cancellation);
        await _ledger.NoteRefusedAsync(old, batch, new Dictionary<long, string> { [1] = "too long" }, Cancellation);

        var next = TakeOver(0);
        next.Pending!.Refused.OrderBy(refused => refused.Key).ShouldBe([new(1, "too long"), new(3, "too large")]);
        await Should.ThrowAsync<FencedOffException>(
            () => _ledger.NoteRefusedAsync(old, batch, new Dictionary<long, string> { [2] = "late" }, Cancellation));

        await ApplyAsync(next, 5);
        await DeclareAsync(next, 6, 9);
        TakeOver(0).Pending!.Refused.ShouldBeEmpty();
    }

    [Fact]
    public async Task Progress_comes_back_as_it_was_noted()
    {
        var ownership = TakeOver(0);
        var progress = new PartitionProgress(7, new Position(0x1_0000_0002, 3), 1_795_205_939_286, IsInSnapshot: true);
        await DeclareAsync(ownership, 0, 7);

        await _ledger.MarkAppliedAsync(ownership, new AppliedBatch(progress, 1, new Dictionary<long, string>(), []), Cancellation);

        var next = TakeOver(0);
        (next.Applied, next.Pending).ShouldBe((progress, null));
    }

    [Fact]
    public async Task While_somebody_holds_ingest_no_batch_is_announced_but_a_pending_one_comes_to_its_end()
    {
        var (waiting, pending) = (TakeOver(0), TakeOver(1));
        await DeclareAsync(pending, 0, 5);
        await ExecuteAsync("INSERT INTO holds VALUES ('check', 'me', clock_timestamp() + interval '1 minute')");

        (await DeclareAsync(waiting, 0, 5)).ShouldBe(Declaration.Held);
        (await DeclareAsync(pending, 0, 5)).ShouldBe(Declaration.Declared);
        await ApplyAsync(pending, 5);
        (await DeclareAsync(pending, 6, 9)).ShouldBe(Declaration.Held);

        await ExecuteAsync("UPDATE holds SET expires_at = clock_timestamp() - interval '1 second'");
        (await DeclareAsync(waiting, 0, 5)).ShouldBe(Declaration.Declared);
    }

    [Fact]
    public async Task Frozen_generation_takes_no_batch_and_no_idle_progress()
    {
        var ownership = TakeOver(0);
        await ExecuteAsync("UPDATE generations SET frozen_at = now() WHERE generation = 1");

        (await DeclareAsync(ownership, 0, 5)).ShouldBe(Declaration.Held);
        await _ledger.AdvanceIdleAsync([(ownership, At(5))], Cancellation);

        TakeOver(0).Applied.Offset.ShouldBe(-1);
    }

    [Fact]
    public async Task Generation_that_readers_have_left_is_not_taken_over()
    {
        TakeOver(0);
        await ExecuteAsync("INSERT INTO generations (generation, announced_at, current_since) VALUES (2, now(), now())");

        Should.Throw<RetiredGenerationException>(() => TakeOver(0));
        _ledger.TakeOver("andi-2.public.things", 0, 2, "me").Fence.ShouldBe(1);
    }

    [Fact]
    public async Task Batch_that_stays_pending_holds_its_topic_up_before_its_token_could_be_forgotten()
    {
        var (stuck, busy) = (TakeOver(0), TakeOver(1));
        await DeclareAsync(stuck, 0, 5);
        for (var insert = 0; insert < ExactlyOnceSettings.MaxInsertsWhilePending; insert++)
        {
            (await DeclareAsync(busy, insert, insert)).ShouldBe(Declaration.Declared);
            await ApplyAsync(busy, insert);
        }

        (await DeclareAsync(busy, ExactlyOnceSettings.MaxInsertsWhilePending, ExactlyOnceSettings.MaxInsertsWhilePending)).ShouldBe(Declaration.Held);
        (await DeclareAsync(_ledger.TakeOver("andi.public.others", 0, 1, "me"), 0, 0)).ShouldBe(Declaration.Declared);
        await DeclareAsync(stuck, 0, 5);
        await ApplyAsync(stuck, 5);
        (await DeclareAsync(busy, ExactlyOnceSettings.MaxInsertsWhilePending, ExactlyOnceSettings.MaxInsertsWhilePending)).ShouldBe(Declaration.Declared);
    }

    [Fact]
    public async Task Dead_letters_are_outstanding_until_one_batch_has_replayed_them()
    {
        var ownership = TakeOver(0);
        await DeclareAsync(ownership, 0, 9);
        await _ledger.MarkAppliedAsync(
            ownership, new AppliedBatch(At(9), 1, new Dictionary<long, string> { [3] = "no JSON", [4] = "too large" }, []), Cancellation);
        TakeOver(0).DeadLetters.ShouldBe([3, 4], ignoreOrder: true);

        ownership = TakeOver(0);
        await DeclareAsync(ownership, 10, 11);
        await _ledger.MarkAppliedAsync(ownership, new AppliedBatch(At(11), 1, new Dictionary<long, string> { [3] = "still no JSON" }, [4]), Cancellation);

        TakeOver(0).DeadLetters.ShouldBe([3]);
        (await ScalarAsync<string>("SELECT reason FROM dead_letters WHERE \"offset\" = 3")).ShouldBe("still no JSON");
        (await ScalarAsync<bool>("SELECT replayed_at IS NOT NULL FROM dead_letters WHERE \"offset\" = 4")).ShouldBeTrue();
    }

    [Fact]
    public async Task Batch_of_an_owner_that_is_fenced_off_leaves_its_dead_letters_to_the_next()
    {
        var old = TakeOver(0);
        await DeclareAsync(old, 0, 5);
        TakeOver(0);

        await Should.ThrowAsync<FencedOffException>(
            () => _ledger.MarkAppliedAsync(old, new AppliedBatch(At(5), 1, new Dictionary<long, string> { [3] = "no JSON" }, []), Cancellation));

        (await ScalarAsync<long>("SELECT count(*) FROM dead_letters")).ShouldBe(0);
    }

    [Fact]
    public async Task Revoked_fences_are_remembered()
    {
        TakeOver(0);
        var second = TakeOver(0);
        second.RevokedThrough.ShouldBe(0);

        await _ledger.NoteRevokedAsync(second, Cancellation);

        TakeOver(0).RevokedThrough.ShouldBe(1);
    }

    [Fact]
    public async Task Readers_do_not_wait_for_a_topic_that_has_no_landing_table()
    {
        _ledger.NoteWithoutLandingTable(Topic, 0, 1);
        (await ScalarAsync<bool>("SELECT is_mapped FROM partitions")).ShouldBeFalse();

        TakeOver(0);

        (await ScalarAsync<bool>("SELECT is_mapped FROM partitions")).ShouldBeTrue();
    }

    [Fact]
    public async Task Topic_without_landing_table_is_left_with_its_generation()
    {
        _ledger.NoteWithoutLandingTable(Topic, 0, 1);
        await ExecuteAsync("INSERT INTO generations (generation, announced_at, current_since) VALUES (2, now(), now())");

        Should.Throw<RetiredGenerationException>(() => _ledger.NoteWithoutLandingTable(Topic, 0, 1));
    }

    private static PartitionProgress At(long offset) => new(offset, new Position((ulong)offset + 1, 0), 0, IsInSnapshot: false);

    private PartitionOwnership TakeOver(int partition) => _ledger.TakeOver(Topic, partition, 1, "me");

    private Task<Declaration> DeclareAsync(PartitionOwnership ownership, long first, long last) =>
        _ledger.DeclareBatchAsync(ownership, new PendingBatch(new OffsetRange(first, last), Columns), Cancellation);

    private Task ApplyAsync(PartitionOwnership ownership, long last) =>
        _ledger.MarkAppliedAsync(ownership, new AppliedBatch(At(last), 1, new Dictionary<long, string>(), []), Cancellation);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
