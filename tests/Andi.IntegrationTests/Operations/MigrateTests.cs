using Andi.Ingestor.Landing;
using Andi.Ingestor.Ledger;
using Andi.IntegrationTests.Pipeline.Substitutes;
using Npgsql;

namespace Andi.IntegrationTests.Operations;

/// <summary>Versioned migrations, after an ingestor was killed in the middle of a batch or while another migration runs. No other ingestor runs.</summary>
public sealed class MigrateTests(EnginesFixture engines)
{
    /// <summary>The number of the lock in Andi.Cli, which must not change: an older version may run at the same time.</summary>
    private const long LockKey = 0x616e64696d696772;

    /// <summary>How many files <see cref="MakeTablesPendingAsync"/> makes pending.</summary>
    private const int AggregateFiles = 6;

    private const string Pending = "SELECT count(*) FROM partitions WHERE pending_first IS NOT NULL";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Batch_that_was_announced_but_not_confirmed_is_finished_first_and_counts_once(bool hasArrived)
    {
        await using var andi = new AndiUnderTest(engines);
        await andi.InitializeAsync();
        var changes = new SchoolChanges(andi, seed: 5);
        await changes.CreateAsync();
        await changes.ChangeAsync(20);
        await andi.WaitUntilAppliedAsync();
        await andi.StopAsync(andi.Ingestor);
        await DieInTheMiddleOfABatchAsync(andi, hasArrived, changes);
        // Not begun yet, so it has to wait until the migration is through.
        await changes.ChangeAsync(10);
        await MakeTablesPendingAsync(andi);

        var migrated = await andi.RunAsync("migrate");

        migrated.Code.ShouldBe(0, migrated.Output + migrated.Error);
        migrated.Error.ShouldContain("finishing the batches of an ingestor that is gone");
        migrated.Output.ShouldContain("applied assessments/tables/V031");
        (await andi.LedgerAsync<long>(Pending)).ShouldBe(0);
        (await andi.LedgerAsync<long>("SELECT count(*) FROM holds")).ShouldBe(0);
        await andi.StartIngestorAsync();
        await andi.WaitUntilAppliedAsync();
        var check = await andi.RunAsync("check");
        check.Code.ShouldBe(0, check.Output + check.Error);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Without_Kafka_a_batch_that_nobody_ends_is_told_and_nothing_is_migrated()
    {
        await using var andi = new AndiUnderTest(engines) { HasServices = false };
        await andi.InitializeAsync();
        await andi.ExecuteOnLedgerAsync("""
            INSERT INTO partitions (topic, partition, fence, owner, taken_at, pending_first, pending_last)
            VALUES ('some.public.scores', 0, 1, 'who is gone', now(), 0, 9)
            """);
        var withoutKafka = new Dictionary<string, string> { ["ConnectionStrings__kafka"] = "" };

        (await andi.RunAsync(withoutKafka, "migrate")).Code.ShouldBe(0, "no versioned file is applied, so nothing has to be finished");
        await MakeTablesPendingAsync(andi);
        var failed = await andi.RunAsync(withoutKafka, "migrate");

        failed.Code.ShouldBe(1);
        failed.Error.ShouldContain("announced but not confirmed");
        failed.Error.ShouldContain("ConnectionStrings__kafka");
        failed.Output.ShouldNotContain("applied assessments/");
        (await andi.LedgerAsync<long>("SELECT count(*) FROM holds")).ShouldBe(0);
    }

    [Fact]
    public async Task Migration_waits_for_another_one_and_takes_over_when_that_one_dies()
    {
        await using var andi = new AndiUnderTest(engines) { HasServices = false };
        await andi.InitializeAsync();
        await MakeTablesPendingAsync(andi);
        await using var other = await andi.Ledger.OpenConnectionAsync(Cancel);
        await using var take = new NpgsqlCommand($"SELECT pg_advisory_lock({LockKey})", other);
        await take.ExecuteNonQueryAsync(Cancel);

        var waiting = andi.RunAsync("migrate");
        await AndiUnderTest.WaitAsync("the migration to wait for the lock", async () =>
            await andi.LedgerAsync<long>("""
                SELECT count(*) FROM pg_locks
                WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """) == 1);
        (await PendingFilesAsync(andi)).ShouldBe(AggregateFiles);
        await andi.LedgerAsync<bool>($"SELECT pg_terminate_backend({other.ProcessID})");

        var migrated = await waiting;
        migrated.Code.ShouldBe(0, migrated.Output + migrated.Error);
        migrated.Error.ShouldContain("another migration is running");
        migrated.Output.ShouldContain("applied assessments/tables/V031");
        (await PendingFilesAsync(andi)).ShouldBe(0);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Of_several_migrations_at_once_one_applies_each_file()
    {
        await using var andi = new AndiUnderTest(engines) { HasServices = false };
        await andi.InitializeAsync();
        await MakeTablesPendingAsync(andi);

        var migrated = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => andi.RunAsync("migrate")));

        migrated.ShouldAllBe(one => one.Code == 0, string.Join('\n', migrated.Select(one => one.Error)));
        migrated.Sum(one => one.Output.Split('\n').Count(line => line.Contains("applied assessments/tables/"))).ShouldBe(AggregateFiles);
        (await andi.WarehouseAsync<long>("SELECT count() - uniqExact(id, step) FROM ops.schema_migration_steps")).ShouldBe(0);
    }

    /// <summary>Leaves what an ingestor leaves that is killed right before, or right after, its rows of the scores arrive.</summary>
    private static async Task DieInTheMiddleOfABatchAsync(AndiUnderTest andi, bool hasArrived, SchoolChanges changes)
    {
        var before = await LandedAsync(andi);
        var dying = await andi.StartIngestorAsync(services =>
        {
            if (hasArrived)
            {
                services.Wrap<IPartitionLedger>((sound, _) => new ConfirmsNothing(sound));
            }
            else
            {
                services.Wrap<ILandingStore>((sound, _) => new InsertsNothing(sound));
            }
        });
        await changes.ChangeAsync(10);
        await AndiUnderTest.WaitAsync("a batch of scores to be announced", async () =>
            await andi.LedgerAsync<long>($"{Pending} AND topic LIKE '%.scores'") > 0 && (!hasArrived || await LandedAsync(andi) > before));
        await andi.StopAsync(dying);

        (await andi.LedgerAsync<long>(Pending)).ShouldBeGreaterThan(0);
        (await LandedAsync(andi) > before).ShouldBe(hasArrived);
    }

    private static async Task<long> PendingFilesAsync(AndiUnderTest andi) =>
        AggregateFiles - await andi.WarehouseAsync<long>("SELECT uniqExact(id) FROM ops.schema_migrations WHERE id LIKE 'assessments/V03%'");

    private static Task<long> LandedAsync(AndiUnderTest andi) => andi.WarehouseAsync<long>("SELECT count() FROM staging.scores_changes");

    /// <summary>As if the files of the aggregates were newer than the warehouse. They may be applied to their own outcome.</summary>
    private static async Task MakeTablesPendingAsync(AndiUnderTest andi)
    {
        foreach (var table in new[] { "schema_migrations", "schema_migration_steps" })
        {
            await andi.WarehouseAsync($"ALTER TABLE ops.{table} DELETE WHERE id LIKE 'assessments/V03%' SETTINGS mutations_sync = 2");
        }
    }
}
