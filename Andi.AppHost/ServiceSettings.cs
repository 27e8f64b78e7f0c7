using System.Globalization;
using Andi.Topology;

namespace Andi.AppHost;

/// <summary>What both hosts tell the services besides connection strings and addresses, as environment variables.</summary>
internal static class ServiceSettings
{
    /// <param name="signingKeyFile">See <see cref="SettingNames.SigningKeyFile"/>.</param>
    /// <param name="kafkaProtocol">See <see cref="SettingNames.KafkaProtocol"/>.</param>
    public static Dictionary<string, string> Development(string signingKeyFile, string kafkaProtocol) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["DOTNET_ENVIRONMENT"] = "Development",
        [Variable(SettingNames.SigningKeyFile)] = signingKeyFile,
        [Variable(SettingNames.KafkaProtocol)] = kafkaProtocol,
        ["LOGGING__CONSOLE__FORMATTERNAME"] = "simple",
        ["LOGGING__CONSOLE__FORMATTEROPTIONS__TIMESTAMPFORMAT"] = "yyyy-MM-ddTHH:mm:ss.fff ",
        // A person is watching: show telemetry at once.
        ["OTEL_BSP_SCHEDULE_DELAY"] = "1000",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "1000",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "5000",
        ["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based",
    };

    /// <summary>What migrations are told of the years that count: nothing where nothing was said, so that the warehouse stays as it is.</summary>
    /// <param name="years">See <see cref="SettingNames.RetentionYears"/>.</param>
    public static Dictionary<string, string> Retention(int? years) =>
        years is { } number ? new() { [Variable(SettingNames.RetentionYears)] = number.ToString(CultureInfo.InvariantCulture) } : [];

    /// <summary>The environment variable of a configuration key.</summary>
    public static string Variable(string setting) => setting.Replace(":", "__", StringComparison.Ordinal);
}
