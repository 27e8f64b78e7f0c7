using Andi.Kafka;
using Andi.Oltp.ChangeCapture.Generations;
using Andi.Oltp.ChangeCapture.Sink;
using Andi.Oltp.ChangeCapture.Source;
using Andi.Topology;

namespace Andi.Oltp.ChangeCapture.Relay;

/// <summary>Change data capture from the transactional database to Kafka, for every table of the publication.</summary>
public static class ChangeCaptureExtensions
{
    public static WebApplicationBuilder AddChangeCapture(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ChangeCaptureOptions>().BindConfiguration("ChangeCapture").ValidateDataAnnotations().ValidateOnStart()
            .Validate(
                options => !options.Enabled || builder.Configuration.GetConnectionString(ConnectionNames.Ingest) is not null,
                $"ConnectionStrings:{ConnectionNames.Ingest} is missing; the relay announces topics there.");
        services.AddSingleton(KafkaConnection.From(builder.Configuration));
        services.AddSingleton(_ => new CaptureDatabase(
            builder.Configuration.GetConnectionString(ConnectionNames.Oltp)
            ?? throw new InvalidOperationException($"ConnectionStrings:{ConnectionNames.Oltp} is missing.")));
        services.AddSingleton(provider => new AnnouncedTopics(
            builder.Configuration.GetConnectionString(ConnectionNames.Ingest) ?? "", provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CaptureSchema>();
        services.AddSingleton<GenerationStore>();
        services.AddSingleton<RelaySessions>();
        services.AddSingleton<EndedGenerations>();
        services.AddSingleton<SlotWatch>();
        services.AddSingleton<RelayStatus>();
        services.AddHealthChecks().AddCheck<RelayStatus>("change-relay").AddCheck<SlotWatch>("replication-slots");
        services.AddHostedService<ChangeRelay>();
        return builder;
    }
}
