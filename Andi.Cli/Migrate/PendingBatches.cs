using Andi.Cli.Check;
using Andi.Ingestor;
using Andi.Kafka;
using Andi.Topology;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.Cli.Migrate;

/// <summary>
/// Finishes the batches that an ingestor had announced but not confirmed when it was killed: runs the ingestor's own loop, which takes the partitions over and
/// repeats exactly these batches. Ingest must be held, so that nothing else is begun.
/// </summary>
internal static class PendingBatches
{
    private const string Why = "Batches were announced but not confirmed, and no ingestor ends them. They must be repeated before tables are laid out anew";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan KafkaAnswersWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns once no batch is pending and the loop has stopped.</summary>
    /// <param name="ledger">The ingestor's.</param>
    /// <param name="configuration">Connection strings; settings of <c>Kafka</c> and <c>Ingestor</c> where they are not the default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailure">Kafka was not named or does not answer, or a batch is still pending after two minutes.</exception>
    public static async Task FinishAsync(NpgsqlDataSource ledger, IConfiguration configuration, CancellationToken cancellationToken)
    {
        EnsureKafkaAnswers(configuration);
        await Console.Error.WriteLineAsync($"{ConnectionNames.Ingest}: finishing the batches of an ingestor that is gone");
        using var host = Build(configuration);
        await host.StartAsync(cancellationToken);
        try
        {
            var begun = TimeProvider.System.GetTimestamp();
            while (await IngestHold.PendingAsync(ledger, generation: null, cancellationToken) > 0)
            {
                if (TimeProvider.System.GetElapsedTime(begun) > Patience)
                {
                    var failure = host.Services.GetRequiredService<IngestorStatus>().Failure ?? "no partition reports a failure; does another ingestor own it?";
                    throw new CommandFailure($"{Why}, but they did not end within {Patience.TotalMinutes:0} minutes: {failure}");
                }

                await Task.Delay(PollEvery, cancellationToken);
            }
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static IHost Build(IConfiguration configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddConfiguration(configuration);
        // Whatever the loop has read beyond the pending batches waits for the hold to end: it is dropped, and read again by whoever comes next.
        builder.Configuration[$"Ingestor:{nameof(IngestorOptions.DrainTimeout)}"] = "00:00:01";
        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddIngestLoop();
        return builder.Build();
    }

    private static void EnsureKafkaAnswers(IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration.GetConnectionString(ConnectionNames.Kafka)))
        {
            throw new CommandFailure($"{Why}, and their events are in Kafka: set ConnectionStrings__{ConnectionNames.Kafka} or give --kafka.");
        }

        var kafka = KafkaConnection.From(configuration);
        try
        {
            using var admin = new AdminClientBuilder(kafka.ClientSettings()).LogTo(NullLogger.Instance).Build();
            admin.GetMetadata(KafkaAnswersWithin);
        }
        catch (KafkaException exception)
        {
            throw new CommandFailure($"{Why}, and their events are in Kafka, but {kafka.BootstrapServers} does not answer: {exception.Error.Reason}");
        }
    }
}
