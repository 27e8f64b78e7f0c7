using Andi.Ingestor.Landing;
using Andi.Ingestor.Ledger;
using Andi.IntegrationTests.Pipeline.Substitutes;
using Andi.Warehouse.Client;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Andi.IntegrationTests.Pipeline;

/// <summary>
/// Takes one thing away that exactness leans on, lets the very thing happen on the real engines that it is there for, and sees the comparison with
/// PostgreSQL's rows find out. The same happens to the product first: there the comparison finds nothing.
/// </summary>
public sealed class ProofOfTheProofTests(EnginesFixture engines)
{
    private const int Partitions = 2;
    private static readonly string[] Landed = ["id", "toInt64(amount * 100)"];
    private static readonly string[] Source = ["id", "(amount * 100)::bigint"];

    private IHost? _relay;

    private delegate Task Happening(PipelineUnderTest pipeline, Action<IServiceCollection> substitute, int round);

    [Fact]
    public Task Without_retractions_it_is_found() => ShouldBeFoundAsync(
        CorrectAsync, services => services.Wrap<ILandingStore>((sound, all) => new KeepsNoRetractions(sound, all.GetRequiredService<ClickHouseClient>())));

    [Fact]
    public Task Without_deduplication_it_is_found() =>
        ShouldBeFoundAsync(LoseConfirmationAsync, services => services.Wrap<ILandingStore>((sound, _) => new KnowsNoRepeat(sound)));

    [Fact]
    public Task Without_the_intent_it_is_found() =>
        ShouldBeFoundAsync(LoseConfirmationAsync, services => services.Wrap<IPartitionLedger>((sound, _) => new RecordsNoIntent(sound)));

    [Fact]
    public Task Without_the_position_filter_it_is_found() =>
        ShouldBeFoundAsync(SendAgainAsync, services => services.Wrap<IPartitionLedger>((sound, _) => new ForgetsPositions(sound)));

    [Fact]
    public Task Without_fences_it_is_found() =>
        ShouldBeFoundAsync(WakeUpLateAsync, services => services.Wrap<ILandingStore>((sound, _) => new RevokesNobody(sound)));

    private async Task ShouldBeFoundAsync(Happening happen, Action<IServiceCollection> substitute)
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync("id text PRIMARY KEY, amount numeric(9,2) NOT NULL", "id String, amount Decimal(9, 2)");
        _relay = await pipeline.StartRelayAsync();

        await happen(pipeline, _ => { }, 1);
        (await IsExactAsync(pipeline)).ShouldBeTrue();

        await happen(pipeline, substitute, 2);
        (await IsExactAsync(pipeline)).ShouldBeFalse();
    }

    private static async Task CorrectAsync(PipelineUnderTest pipeline, Action<IServiceCollection> substitute, int round)
    {
        var ingestor = await pipeline.StartIngestorAsync(substitute: substitute);
        await WriteAsync(pipeline, $"r{round}");
        await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET amount = amount + 1 WHERE amount < 20; DELETE FROM {pipeline.Table} WHERE amount > 30");
        await pipeline.WaitUntilAppliedAsync();
        await pipeline.StopAsync(ingestor);
    }

    /// <summary>An insert arrives, its confirmation does not; when the partition goes on, more has come than was inserted.</summary>
    private static async Task LoseConfirmationAsync(PipelineUnderTest pipeline, Action<IServiceCollection> substitute, int round)
    {
        LosesFirstConfirmation? ledger = null;
        var ingestor = await pipeline.StartIngestorAsync(substitute: services =>
        {
            substitute(services);
            services.Wrap<IPartitionLedger>((inner, _) => ledger = new LosesFirstConfirmation(inner, () => WriteUntilInKafkaAsync(pipeline, $"more{round}")));
        });
        await WriteAsync(pipeline, $"r{round}");
        await PipelineUnderTest.WaitAsync("a confirmation to be lost", () => Task.FromResult(ledger is { HasLostIt: true }));
        await pipeline.WaitUntilAppliedAsync();
        await pipeline.StopAsync(ingestor);
    }

    /// <summary>Every event comes once more, behind the others, where nothing that is newer comes before.</summary>
    private async Task SendAgainAsync(PipelineUnderTest pipeline, Action<IServiceCollection> substitute, int round)
    {
        var ingestor = await pipeline.StartIngestorAsync(substitute: substitute);
        await WriteAsync(pipeline, $"r{round}");
        await pipeline.WaitUntilAppliedAsync();
        await pipeline.StopAsync(_relay!);

        using var consumer = engines.KafkaConsumer<byte[]?, byte[]>();
        var ends = Enumerable.Range(0, Partitions)
            .Select(partition => consumer.QueryWatermarkOffsets(new TopicPartition(pipeline.Topic, partition), TimeSpan.FromSeconds(10)).High.Value).ToList();
        await PipelineUnderTest.WaitAsync("the ingestor to have read all", async () =>
            await pipeline.LedgerAsync<long>($"SELECT sum(applied_offset + 1)::bigint FROM partitions WHERE topic = '{pipeline.Topic}'") == ends.Sum());
        await pipeline.StopAsync(ingestor);

        using var producer = engines.KafkaProducer<byte[]?, byte[]>(config => config.MaxInFlight = 1);
        for (var partition = 0; partition < Partitions; partition++)
        {
            consumer.Assign(new TopicPartitionOffset(pipeline.Topic, partition, Offset.Beginning));
            while (consumer.Consume(TimeSpan.FromSeconds(10)) is { } message && message.Offset < ends[partition])
            {
                producer.Produce(message.TopicPartition, new() { Key = message.Message.Key, Value = message.Message.Value });
            }
        }

        producer.Flush(TestContext.Current.CancellationToken);
        ingestor = await pipeline.StartIngestorAsync(substitute: substitute);
        _relay = await pipeline.StartRelayAsync();
        await WriteAsync(pipeline, $"after{round}");
        await pipeline.WaitUntilAppliedAsync();
        await pipeline.StopAsync(ingestor);
    }

    /// <summary>Owners that lost their partitions wake up in the middle of an insert.</summary>
    private static async Task WakeUpLateAsync(PipelineUnderTest pipeline, Action<IServiceCollection> substitute, int round)
    {
        var first = await pipeline.StartIngestorAsync(substitute: substitute);
        await WriteAsync(pipeline, $"first{round}");
        await pipeline.WaitUntilAppliedAsync();
        await pipeline.StopAsync(first);
        var second = await pipeline.StartIngestorAsync(substitute: substitute);
        await WriteAsync(pipeline, $"second{round}");
        await pipeline.WaitUntilAppliedAsync();
        var late = await pipeline.LedgerAsync<string>(
            $"SELECT string_agg(format('(%s, %s)', partition, fence - 1), ', ') FROM partitions WHERE topic = '{pipeline.Topic}'");
        try
        {
            await pipeline.Warehouse.ExecuteAsync(
                new ClickHouseStatement(
                    $"INSERT INTO {pipeline.LandingTable} (id, _sign, _generation, _partition, _fence) "
                    + $"SELECT 'late', 1, 1, partition, fence FROM values('partition UInt16, fence Int64', {late})"),
                TestContext.Current.CancellationToken);
        }
        catch (ClickHouseException refused) when (refused.Name == "VIOLATED_CONSTRAINT")
        {
            // As it should be.
        }

        await pipeline.StopAsync(second);
    }

    private static Task WriteAsync(PipelineUnderTest pipeline, string prefix) =>
        pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT '{prefix}-' || i, i FROM generate_series(1, 40) AS i");

    private static async Task WriteUntilInKafkaAsync(PipelineUnderTest pipeline, string prefix)
    {
        await WriteAsync(pipeline, prefix);
        var end = await pipeline.SourceAsync<string>("SELECT (pg_current_wal_flush_lsn() - 1)::text");
        await PipelineUnderTest.WaitAsync("Kafka to have it", () => pipeline.SourceAsync<bool>(
            $"SELECT confirmed_flush_lsn >= '{end}' FROM pg_replication_slots WHERE slot_name = '{pipeline.Slot}'"));
    }

    private static async Task<bool> IsExactAsync(PipelineUnderTest pipeline)
    {
        try
        {
            return await pipeline.StandingRowsAsync(Landed) == await pipeline.SourceRowsAsync(Source);
        }
        catch (ShouldAssertException)
        {
            // A row stands twice.
            return false;
        }
    }
}
