using Andi.AppHost.Engines;
using Andi.AppHost.State;
using Aspire.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Andi.AppHost.AspireHosting;

/// <summary>The Aspire host as a program: builds <see cref="AspireTopology"/>, runs it (or publishes it), stops it in order.</summary>
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
                Args = [.. args, .. AspireSettings.Arguments()],
                DisableDashboard = !options.Topology.Dashboard,
                AllowUnsecuredTransport = true,
            });
            builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
            if (builder.ExecutionContext.IsRunMode)
            {
                await RunAsync(builder, options, outcome);
            }
            else
            {
                await PublishedTopology.Add(builder).Build().RunAsync();
            }
        }
        catch (TopologyException exception)
        {
            outcome.Say(exception.Message);
        }
        catch (OperationCanceledException) when (outcome.ExitCode != 0)
        {
            // What failed while starting ended the start, and has been said.
        }

        return outcome.ExitCode;
    }

    private static async Task RunAsync(IDistributedApplicationBuilder builder, HostOptions options, Outcome outcome)
    {
        var state = new StateFolder(options.Topology.StateFolder);
        using var owned = state.Lock();
        File.Delete(state.RunFile);
        var containers = await ContainerEngine.IsWantedAsync(options.Stores, CancellationToken.None);
        if (options.Topology.Fresh)
        {
            state.WipeData();
            await ContainerEngine.WipeVolumesAsync(state, CancellationToken.None);
        }

        if (!containers)
        {
            await Java.CheckAsync(CancellationToken.None);
            await EngineInstallation.EnsureAsync(EngineFolder.OfRepository, Console.WriteLine, CancellationToken.None);
        }

        var ports = new PortBook(state);
        AspireSettings.Apply(builder.Configuration, ports, options.Topology.Ports);
        var topology = containers
            ? AspireTopology.OnContainers(builder, options, state, ports, outcome)
            : await AspireTopology.OnNativeEnginesAsync(builder, options, state, ports, outcome);
        ports.Remember();

        await using var application = builder.Build();
        OrderedStop.Register(application, topology, state);
        await application.RunAsync();
    }
}
