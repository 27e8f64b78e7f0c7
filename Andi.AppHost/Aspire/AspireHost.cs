using Andi.AppHost.Engines;
using Andi.AppHost.State;
using Aspire.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Andi.AppHost.AspireHosting;

/// <summary>The Aspire host as a program: runs <see cref="AspireTopology"/> and stops it in order, or publishes it.</summary>
internal static class AspireHost
{
    // The ordered stop comes out of this, too.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(120);

    public static async Task<int> RunAsync(HostOptions options, string[] args)
    {
        var outcome = new Outcome();
        try
        {
            var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
            {
                Args = [.. AspireSettings.Arguments(), .. args],
                DisableDashboard = !options.Topology.Dashboard,
                AllowUnsecuredTransport = true,
            });
            builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
            await (builder.ExecutionContext.IsRunMode ? RunAsync(builder, options, outcome) : PublishAsync(builder, options, outcome));
        }
        catch (TopologyException exception)
        {
            outcome.Say(exception.Message);
        }
        catch (OperationCanceledException)
        {
            // The start was ended: by Ctrl-C, or by a failure that has been said.
        }

        return outcome.ExitCode;
    }

    private static async Task RunAsync(IDistributedApplicationBuilder builder, HostOptions options, Outcome outcome)
    {
        var state = new StateFolder(options.Topology.StateFolder);
        using var owned = state.Lock();
        File.Delete(state.RunFile);
        if (options.Topology.Fresh)
        {
            state.WipeData();
            await ContainerEngine.WipeVolumesAsync(state, CancellationToken.None);
        }

        var ports = new PortBook(state);
        AspireSettings.Apply(builder.Configuration, ports, options.Topology.Ports);
        var own = new OwnStores(Environment.GetEnvironmentVariables());
        var engines = await ContainerEngine.IsWantedAsync(options.Stores, CancellationToken.None)
            ? null
            : await NativeEnginesAsync(options, state, ports, own);
        ports.Remember();

        var resources = await AspireTopology.AddAsync(builder, options, state, own, engines, outcome);
        new RunFileWriter(resources, state, options.Topology.Dashboard ? AspireSettings.DashboardUrl(builder.Configuration) : null).Register();
        await using var application = builder.Build();
        OrderedStop.Register(application, first: () => File.Delete(state.RunFile));
        await application.RunAsync();
    }

    private static async Task<EngineSet> NativeEnginesAsync(HostOptions options, StateFolder state, PortBook ports, OwnStores own)
    {
        var engines = new EngineSet(EngineFolder.OfRepository, state, ports, options.Topology, own);
        if (engines.Kafka is not null)
        {
            await Java.CheckAsync(CancellationToken.None);
        }

        await EngineInstallation.EnsureAsync(EngineFolder.OfRepository, Console.WriteLine, CancellationToken.None);
        return engines;
    }

    private static async Task PublishAsync(IDistributedApplicationBuilder builder, HostOptions options, Outcome outcome)
    {
        await AspireTopology.AddAsync(builder, options, state: null, new OwnStores(Environment.GetEnvironmentVariables()), engines: null, outcome);
        await using var application = builder.Build();
        await application.RunAsync();
    }
}
