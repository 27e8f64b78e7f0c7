using Andi.Kafka;
using Andi.Oltp.ChangeCapture.Generations;
using Andi.Oltp.ChangeCapture.Sink;
using Andi.Oltp.ChangeCapture.Source;
using Andi.Topology;

namespace Andi.Oltp.ChangeCapture.Relay;

/// <summary>Change data capture from the transactional database to Kafka, for every table of the publication.</summary>
public static partial class ChangeCaptureExtensions
{
    public static WebApplicationBuilder AddChangeCapture(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ChangeCaptureOptions>().BindConfiguration("ChangeCapture").ValidateDataAnnotations().ValidateOnStart()
            .Validate(
                options => !options.Enabled || builder.Configuration.GetConnectionString(ConnectionNames.Ingest) is not null,
                $"ConnectionStrings:{ConnectionNames.Ingest} is missing; the relay announces topics there.");
        services.AddSingleton(KafkaConnection.From(builder.Configuration));
        services.AddSingleton(provider => new CaptureDatabase(
            ConnectionString(builder.Configuration, provider.GetRequiredService<ILogger<CaptureDatabase>>())));
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

    private static string ConnectionString(ConfigurationManager configuration, ILogger logger)
    {
        if (configuration.GetConnectionString(ConnectionNames.Relay) is { Length: > 0 } own)
        {
            return own;
        }

        var shared = configuration.GetConnectionString(ConnectionNames.Oltp)
            ?? throw new InvalidOperationException($"ConnectionStrings:{ConnectionNames.Oltp} is missing.");
        LogSharedRole(logger, ConnectionNames.Relay, ConnectionNames.Oltp);
        return shared;
    }

    [LoggerMessage(
        7150, LogLevel.Warning,
        "ConnectionStrings:{Relay} is missing: the change relay connects as the write API does ({Oltp}), which therefore may read the WAL and every row")]
    private static partial void LogSharedRole(ILogger logger, string relay, string oltp);
}
