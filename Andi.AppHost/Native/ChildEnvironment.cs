using System.Collections;

namespace Andi.AppHost.Native;

/// <summary>What children inherit: the host's environment without what was meant for the host itself, for the tool that started it, or for another topology.</summary>
internal static class ChildEnvironment
{
    private static readonly string[] Withheld =
    [
        "ASPNETCORE_", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "DOTNET_STARTUP_HOOKS", "HTTP_PORTS", "HTTPS_PORTS", "URLS",
        "OTEL_", "MSBUILD", "VSTEST_", "TESTINGPLATFORM_", "ConnectionStrings__", "services__", "Kafka__", "Security__", "ClickHouse__",
        "LOGGING__", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "KAFKA_",
    ];

    public static void Apply(IDictionary<string, string?> environment, IReadOnlyDictionary<string, string> own)
    {
        environment.Clear();
        foreach (DictionaryEntry inherited in Environment.GetEnvironmentVariables())
        {
            var name = (string)inherited.Key;
            if (!Array.Exists(Withheld, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                environment[name] = (string?)inherited.Value;
            }
        }

        foreach (var (name, value) in own)
        {
            environment[name] = value;
        }
    }
}
