using Andi.Ingestor.DeadLetters;
using Andi.Ingestor.Generations;
using Andi.Ingestor.Landing;
using Andi.Ingestor.Ownership;
using Andi.Ingestor.Partitions;
using Andi.Kafka;
using Andi.Topology;
using Andi.Warehouse;
using Npgsql;

namespace Andi.Ingestor;

/// <summary>From Kafka into the warehouse, exactly once.</summary>
public static class IngestorExtensions
{
    public static WebApplicationBuilder AddIngestor(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<IngestorOptions>().BindConfiguration("Ingestor").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(KafkaConnection.From(builder.Configuration));
        builder.Services.AddWarehouse(builder.Configuration);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(
            builder.Configuration.GetConnectionString(ConnectionNames.Ingest)
            ?? throw new InvalidOperationException($"ConnectionStrings:{ConnectionNames.Ingest} is missing.")));
        builder.Services.AddSingleton<IPartitionLedger, PartitionLedger>();
        builder.Services.AddSingleton<LandingTables>();
        builder.Services.AddSingleton<ILandingTables>(services => services.GetRequiredService<LandingTables>());
        builder.Services.AddSingleton<ILandingStore, LandingStore>();
        builder.Services.AddSingleton<IDeadLetterSink, DeadLetterTopic>();
        builder.Services.AddSingleton<BatchWriter>();
        builder.Services.AddSingleton<PartitionSource>();
        builder.Services.AddSingleton<IngestorStatus>();
        builder.Services.AddHealthChecks().AddCheck<IngestorStatus>("ingest");
        builder.Services.AddHostedService<IngestLoop>();
        builder.Services.AddOptions<GenerationOptions>().BindConfiguration("Generations").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<GenerationLedger>();
        builder.Services.AddSingleton<GenerationSwitch>();
        builder.Services.AddSingleton<OldGenerations>();
        builder.Services.AddHostedService<GenerationKeeper>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        return builder;
    }
}
