using System.Globalization;
using Andi.AppHost.Lifecycle;
using Andi.AppHost.State;
using Andi.Topology;

namespace Andi.AppHost;

/// <summary>What Andi's own programs have in common as resources: the services, and the command line for one-shot steps.</summary>
internal static class ServiceResource
{
    private const string Endpoint = "http";

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>
    /// A service with an HTTP endpoint named <c>http</c>. It is healthy when <c>/health</c> says so, and ends the host should it end before that.
    /// </summary>
    /// <param name="host">Where to.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="port">The name of its port option.</param>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(this AndiHost host, string name, string port)
        where TProject : IProjectMetadata, new()
    {
        var service = host.AddProgram<TProject>(name);
        if (!host.IsRunMode)
        {
            return service.WithHttpEndpoint().WithHttpHealthCheck("/health");
        }

        // Without Aspire's proxy, which would be one more hop for every request.
        var number = host.Ports.Take(port);
        var health = new Uri($"http://localhost:{number}/health");
        var isReady = false;
        return service
            .WithHttpEndpoint(port: number, targetPort: number, isProxied: false)
            .WithReadinessCheck(async token => (await Http.GetAsync(health, token)).EnsureSuccessStatusCode().Dispose())
            .OnResourceReady((_, _, _) =>
            {
                isReady = true;
                return Task.CompletedTask;
            })
            // Later ends are the user's affair: the dashboard shows them, and has a button to start it again.
            .OnResourceStopped((_, stopped, _) => isReady ? Task.CompletedTask : host.FailFast.OnStoppedAsync(stopped));
    }

    /// <summary>Names the API's URL and its documentation in the dashboard.</summary>
    /// <param name="service">The service.</param>
    /// <param name="what">What kind of API, for instance <c>write</c>.</param>
    public static IResourceBuilder<ProjectResource> WithApiUrls(this IResourceBuilder<ProjectResource> service, string what) => service
        .WithExternalHttpEndpoints()
        .WithUrlForEndpoint(Endpoint, url => url.DisplayText = $"{what} API")
        .WithUrlForEndpoint(Endpoint, endpoint => new() { Url = $"{endpoint.Url}/docs", DisplayText = $"{what} API docs" });

    /// <summary>Names the URL where people begin.</summary>
    public static IResourceBuilder<ProjectResource> WithPageUrl(this IResourceBuilder<ProjectResource> service) => service
        .WithExternalHttpEndpoints()
        .WithUrlForEndpoint(Endpoint, url => url.DisplayText = "Andi");

    /// <summary>One run of <c>Andi.Cli</c>.</summary>
    public static IResourceBuilder<ProjectResource> AddCommandLine(this AndiHost host, string name, params string[] arguments) =>
        host.AddProgram<Projects.Andi_Cli>(name).WithArgs([.. arguments]);

    /// <summary>The host ends unless this step ends with exit code 0.</summary>
    public static IResourceBuilder<ProjectResource> MustComplete(this IResourceBuilder<ProjectResource> step, AndiHost host) =>
        step.OnResourceStopped((_, stopped, _) => host.FailFast.OnCompletedAsync(stopped));

    /// <summary>For how many years rows count; null leaves the warehouse as it is.</summary>
    public static IResourceBuilder<ProjectResource> WithRetention(this IResourceBuilder<ProjectResource> migrations, int? years) =>
        years is { } number ? migrations.WithSetting(SettingNames.RetentionYears, number.ToString(CultureInfo.InvariantCulture)) : migrations;

    /// <summary>Seeds students once the services are healthy; none where null.</summary>
    public static void AddSeed(this AndiHost host, int? students, params IResourceBuilder<ProjectResource>[] services)
    {
        if (students is not { } number || !host.IsRunMode)
        {
            return;
        }

        var seed = host.AddCommandLine("seed", "seed", "--run-file", host.State.RunFile, "--students", number.ToString(CultureInfo.InvariantCulture))
            .WithIconName("PlantGrass");
        foreach (var service in services)
        {
            seed.WithReference(service).WaitFor(service);
        }
    }

    // Started from what was built with the host: Aspire's own `dotnet run` takes two to three processor seconds to find that out, for each of them. An IDE that
    // debugs a project starts it in its own way.
    private static IResourceBuilder<ProjectResource> AddProgram<TProject>(this AndiHost host, string name)
        where TProject : IProjectMetadata, new()
    {
        var program = host.Builder.AddProject<TProject>(name, launchProfileName: null).WithSettings(host);
        var assembly = Repository.Assembly(Path.GetFileNameWithoutExtension(new TProject().ProjectPath));
        return host.IsRunMode
            ? program.WithLaunchToolArgs(launch => launch.Args.Add(assembly), ownedByLaunchConfigurationType: "project", showInCommandLine: false)
            : program;
    }

    private static IResourceBuilder<ProjectResource> WithSettings(this IResourceBuilder<ProjectResource> project, AndiHost host)
    {
        project.WithSetting(SettingNames.KafkaProtocol, host.KafkaProtocol);
        if (!host.IsRunMode)
        {
            // Whoever deploys names the OIDC authority.
            var authority = host.Builder.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == "security-authority")
                ?? host.Builder.AddParameter("security-authority").Resource;
            return project.WithEnvironment(Variable(SettingNames.Authority), ReferenceExpression.Create($"{authority}"));
        }

        project
            .WithEnvironment("ASPNETCORE_ENVIRONMENT", "Development")
            .WithEnvironment("DOTNET_ENVIRONMENT", "Development")
            .WithSetting(SettingNames.SigningKeyFile, host.State.SigningKey)
            .WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple")
            .WithEnvironment("LOGGING__CONSOLE__FORMATTEROPTIONS__TIMESTAMPFORMAT", "yyyy-MM-ddTHH:mm:ss.fff ")
            // Aspire kills what has not ended six seconds after its signal; the drain ends before that.
            .WithEnvironment("DOTNET_SHUTDOWNTIMEOUTSECONDS", "5")
            // A person is watching: show telemetry at once.
            .WithEnvironment("OTEL_BSP_SCHEDULE_DELAY", "1000")
            .WithEnvironment("OTEL_BLRP_SCHEDULE_DELAY", "1000")
            .WithEnvironment("OTEL_METRIC_EXPORT_INTERVAL", "5000")
            .WithEnvironment("OTEL_METRICS_EXEMPLAR_FILTER", "trace_based");
        if (!host.Options.Dashboard)
        {
            // Aspire names a collector all the same. Nobody is there: nothing is sent, and no stop waits for what cannot be sent.
            project.WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", "").WithEnvironment("OTEL_EXPORTER_OTLP_TIMEOUT", "1000");
        }

        return project;
    }

    /// <summary>A configuration key of the service.</summary>
    public static IResourceBuilder<ProjectResource> WithSetting(this IResourceBuilder<ProjectResource> project, string key, string value) =>
        project.WithEnvironment(Variable(key), value);

    private static string Variable(string key) => key.Replace(":", "__", StringComparison.Ordinal);
}
