using Andi.Kafka;
using Andi.Topology;

namespace Andi.Oltp.ChangeCapture;

/// <summary>Change data capture from the transactional database to Kafka, for every table of the publication.</summary>
public static class ChangeCaptureExtensions
{
    public static WebApplicationBuilder AddChangeCapture(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ChangeCaptureOptions>().BindConfiguration("ChangeCapture").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(KafkaConnection.From(builder.Configuration));
        builder.Services.AddSingleton(_ => new CaptureDatabase(
            builder.Configuration.GetConnectionString(ConnectionNames.Oltp)
            ?? throw new InvalidOperationException($"ConnectionStrings:{ConnectionNames.Oltp} is missing.")));
        builder.Services.AddSingleton<RelayStatus>();
        builder.Services.AddHealthChecks().AddCheck<RelayStatus>("change-relay");
        builder.Services.AddHostedService<ChangeRelay>();
        return builder;
    }
}
