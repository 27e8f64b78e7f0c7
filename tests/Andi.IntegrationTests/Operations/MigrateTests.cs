using Andi.Ingestor.Landing;
using Andi.Ingestor.Ledger;
using Andi.IntegrationTests.Pipeline.Substitutes;

namespace Andi.IntegrationTests.Operations;

/// <summary>Migrations that lay tables out anew, after an ingestor was killed in the middle of a batch. No other one runs.</summary>
public sealed class MigrateTests(EnginesFixture engines)
{
    private const string Pending = "SELECT count(*) FROM partitions WHERE pending_first IS NOT NULL";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_that_was_announced_but_not_confirmed_is_finished_first_and_counts_once(bool hasArrived)
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
        await MakeLayoutsPendingAsync(andi);

        var migrated = await andi.RunAsync("migrate");

        migrated.Code.ShouldBe(0, migrated.Output + migrated.Error);
        migrated.Error.ShouldContain("finishing the batches of an ingestor that is gone");
        migrated.Output.ShouldContain("applied assessments/V060");
        (await andi.LedgerAsync<long>(Pending)).ShouldBe(0);
        (await andi.LedgerAsync<long>("SELECT count(*) FROM holds")).ShouldBe(0);
        await andi.StartIngestorAsync();
        await andi.WaitUntilAppliedAsync();
        var check = await andi.RunAsync("check");
        check.Code.ShouldBe(0, check.Output + check.Error);
    }

    [Fact]
    public async Task Without_Kafka_a_batch_that_nobody_ends_is_told_and_nothing_is_migrated()
    {
        await using var andi = new AndiUnderTest(engines) { HasServices = false };
        await andi.InitializeAsync();
        await andi.ExecuteOnLedgerAsync("""
            INSERT INTO partitions (topic, partition, fence, owner, taken_at, pending_first, pending_last) VALUES ('some.public.scores', 0, 1, 'who is gone', now(), 0, 9)
            """);
        var withoutKafka = new Dictionary<string, string> { ["ConnectionStrings__kafka"] = "" };

        (await andi.RunAsync(withoutKafka, "migrate")).Code.ShouldBe(0, "no table is laid out anew, so nothing has to be finished");
        await MakeLayoutsPendingAsync(andi);
        var failed = await andi.RunAsync(withoutKafka, "migrate");

        failed.Code.ShouldBe(1);
        failed.Error.ShouldContain("announced but not confirmed");
        failed.Error.ShouldContain("ConnectionStrings__kafka");
        failed.Output.ShouldNotContain("applied assessments/");
        (await andi.LedgerAsync<long>("SELECT count(*) FROM holds")).ShouldBe(0);
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

    private static Task<long> LandedAsync(AndiUnderTest andi) => andi.WarehouseAsync<long>("SELECT count() FROM staging.scores_changes");

    /// <summary>As if the versions that lay tables out anew were newer than the warehouse. They may be applied to their own outcome.</summary>
    private static async Task MakeLayoutsPendingAsync(AndiUnderTest andi)
    {
        foreach (var table in new[] { "schema_migrations", "schema_migration_steps" })
        {
            await andi.WarehouseAsync($"ALTER TABLE ops.{table} DELETE WHERE id >= 'assessments/V060' AND id LIKE 'assessments/V%' SETTINGS mutations_sync = 2");
        }
    }
}
