using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Andi.AppHost.AspireHosting;

/// <summary>Ends the application with a message and a non-zero exit code when something failed that the rest cannot do without.</summary>
internal sealed class Outcome
{
    private const int Failed = 1;

    private int _exitCode;

    public int ExitCode => _exitCode;

    public void Say(string message)
    {
        Interlocked.Exchange(ref _exitCode, Failed);
        Console.Error.WriteLine(message);
    }

    /// <summary>For a step that runs to its end: an exit code of 0 is what it should end with.</summary>
    public Task UnlessDoneAsync(ResourceStoppedEvent stopped)
    {
        if (stopped.ResourceEvent.Snapshot.ExitCode is not 0)
        {
            Fail(stopped.Services, $"{stopped.Resource.Name} failed with exit code {stopped.ResourceEvent.Snapshot.ExitCode}; its log says why.");
        }

        return Task.CompletedTask;
    }

    /// <summary>Does nothing while the application is stopping: then everything ends, and should.</summary>
    public void Fail(IServiceProvider services, string message)
    {
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return;
        }

        Say(message);

        // Not on this thread: it delivers the events that stopping waits for.
        _ = Task.Run(lifetime.StopApplication);
    }
}
