using Andi.Ingestor.Generations;
using Andi.Ingestor.Landing;
using Andi.Ingestor.Ledger;
using Andi.Ingestor.Partitions;
using Andi.Kafka;
using Andi.Topology;
using Andi.Warehouse;
using Npgsql;

namespace Andi.Ingestor;

/// <summary>From Kafka into the warehouse, exactly once.</summary>
public static class IngestorExtensions
{
    /// <summary>The whole ingestor: <see cref="AddIngestLoop"/>, its health, and the generations of the rows.</summary>
    public static WebApplicationBuilder AddIngestor(this WebApplicationBuilder builder)
    {
        builder.AddIngestLoop();
        builder.Services.AddHealthChecks().AddCheck<IngestorStatus>("ingest");
        builder.Services.AddOptions<GenerationOptions>().BindConfiguration("Generations").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<GenerationLedger>();
        builder.Services.AddSingleton<GenerationSwitch>();
        builder.Services.AddSingleton<OldGenerations>();
        builder.Services.AddSingleton<RetentionNote>();
        builder.Services.AddHostedService<GenerationKeeper>();
        return builder;
    }

    /// <summary>Only what takes partitions over and lands their events. Needs a <see cref="TimeProvider"/> and logging.</summary>
    internal static IHostApplicationBuilder AddIngestLoop(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<IngestorOptions>().BindConfiguration("Ingestor").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<LandingOptions>().BindConfiguration("Ingestor").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(KafkaConnection.From(builder.Configuration));
        builder.Services.AddWarehouse(builder.Configuration);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(
            builder.Configuration.GetConnectionString(ConnectionNames.Ingest)
            ?? throw new InvalidOperationException($"ConnectionStrings:{ConnectionNames.Ingest} is missing.")));
        builder.Services.AddSingleton<IPartitionLedger, PartitionLedger>();
        builder.Services.AddSingleton<LandingTables>();
        builder.Services.AddSingleton<ILandingTables>(services => services.GetRequiredService<LandingTables>());
        builder.Services.AddSingleton<RefusedRows>();
        builder.Services.AddSingleton<ILandingStore, LandingStore>();
        builder.Services.AddSingleton<IDeadLetterSink, DeadLetterTopic>();
        builder.Services.AddSingleton<BatchWriter>();
        builder.Services.AddSingleton<PartitionFactory>();
        builder.Services.AddSingleton<IngestorStatus>();
        builder.Services.AddHostedService<IngestLoop>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        return builder;
    }
}
