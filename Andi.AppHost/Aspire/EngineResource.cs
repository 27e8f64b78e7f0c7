using Andi.AppHost.Engines;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.AppHost.AspireHosting;

/// <summary>Makes an executable resource of an engine's description.</summary>
internal static class EngineResource
{
    /// <param name="builder">Where to.</param>
    /// <param name="engine">What to run; its preparation, probe and work once ready run where Aspire has hooks for them.</param>
    /// <param name="scheme">Of its endpoint, which is also the endpoint's name.</param>
    /// <param name="port">Where it listens. Without Aspire's proxy in between, which accepts connections before the engine does.</param>
    /// <param name="outcome">Told when the engine fails: whatever waits for it would wait for ever.</param>
    public static IResourceBuilder<ExecutableResource> AddEngine(
        this IDistributedApplicationBuilder builder, ProcessDescription engine, string scheme, int port, Outcome outcome)
    {
        // Aspire itself ends its processes when the host dies.
        var commandLine = engine.CommandLine(signalWhenHostDies: false);
        string[] arguments = [.. commandLine.Skip(1)];
        var healthCheck = $"{engine.Name}-protocol";
        builder.Services.AddHealthChecks().AddAsyncCheck(healthCheck, token => ProbeAsync(engine, token));
        var resource = builder.AddExecutable(engine.Name, commandLine[0], engine.WorkingDirectory, arguments)
            .WithEndpoint(port: port, targetPort: port, scheme: scheme, name: scheme, isProxied: false)
            .WithHealthCheck(healthCheck)
            .OnBeforeResourceStarted((_, started, token) => RunAsync(engine.Prepare, "cannot be prepared", started.Services, token))
            .OnResourceReady((_, ready, token) => RunAsync(engine.WhenReady, "cannot be set up", ready.Services, token))
            .OnResourceStopped((_, stopped, _) =>
            {
                outcome.Fail(stopped.Services, $"{engine.Name} ended with exit code {stopped.ResourceEvent.Snapshot.ExitCode}; its log says why.");
                return Task.CompletedTask;
            });
        foreach (var (name, value) in engine.Environment)
        {
            resource.WithEnvironment(name, value);
        }

        return resource;

        async Task RunAsync(Func<CancellationToken, Task>? work, string failure, IServiceProvider services, CancellationToken cancellationToken)
        {
            if (work is null)
            {
                return;
            }

            try
            {
                await work(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                outcome.Fail(services, $"{engine.Name} {failure}: {exception.Message}");
                throw;
            }
        }
    }

    private static async Task<HealthCheckResult> ProbeAsync(ProcessDescription engine, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Probe(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
    }
}
