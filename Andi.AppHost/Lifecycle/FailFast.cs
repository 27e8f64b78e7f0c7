using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Andi.AppHost.Lifecycle;

/// <summary>
/// Ends the host with a message and a non-zero exit code when something failed that the rest cannot do without. Aspire by itself would wait for ever for
/// what depends on it.
/// </summary>
internal sealed class FailFast
{
    private const int Failed = 1;
    private const int LinesShown = 20;

    // The last lines of a process may arrive a moment after its end.
    private static readonly TimeSpan LastOutput = TimeSpan.FromMilliseconds(500);

    private readonly TaskCompletionSource<string> _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IHostApplicationLifetime? _lifetime;

    public int ExitCode { get; private set; }

    /// <summary>Completes with the message of the first failure.</summary>
    public Task<string> Failure => _failure.Task;

    /// <summary>Resources whose end is no failure, because a test ends them.</summary>
    public Func<string, bool> Tolerates { get; set; } = _ => false;

    /// <summary>Failures from now on end this application.</summary>
    public void Watch(DistributedApplication application) => _lifetime = application.Services.GetRequiredService<IHostApplicationLifetime>();

    /// <summary>Prints the message and sets the exit code; ends nothing.</summary>
    public int Report(string message)
    {
        ExitCode = Failed;
        Console.Error.WriteLine($"✗ {message}");
        _failure.TrySetResult(message);
        return ExitCode;
    }

    /// <summary>Does nothing while the application is stopping: then everything ends, and should.</summary>
    public void Fail(string message)
    {
        if (_lifetime is { } lifetime && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            Report(message);

            // Not on this thread: it delivers the events that stopping waits for.
            _ = Task.Run(lifetime.StopApplication);
        }
    }

    /// <summary>Runs a step of a resource's start; an exception in it ends the host.</summary>
    public async Task GuardAsync(string failure, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Fail($"{failure}: {exception.Message}");
            throw;
        }
    }

    /// <summary>For a resource that must not end.</summary>
    public async Task OnStoppedAsync(ResourceStoppedEvent stopped)
    {
        if (_lifetime?.ApplicationStopping.IsCancellationRequested == true || Tolerates(stopped.Resource.Name))
        {
            return;
        }

        await Task.Delay(LastOutput);
        var snapshot = stopped.ResourceEvent.Snapshot;
        var how = snapshot.ExitCode switch
        {
            null => "ended",
            > 128 and var code => $"was ended by signal {code - 128}",
            { } code => $"ended with exit code {code}",
        };
        var (file, lines) = stopped.Services.GetRequiredService<ResourceLogs>().Last(stopped.Resource.Name, LinesShown);
        Fail($"{stopped.Resource.Name} {how}. Its last lines ({file}):{string.Concat(lines.Select(line => $"\n    {line}"))}");
    }

    /// <summary>For a step that runs to its end: exit code 0 is what it should end with.</summary>
    public Task OnCompletedAsync(ResourceStoppedEvent stopped) => stopped.ResourceEvent.Snapshot.ExitCode == 0 ? Task.CompletedTask : OnStoppedAsync(stopped);
}

internal static class FailFastResource
{
    /// <summary>The host ends, with the resource's last lines, once the resource has ended by itself.</summary>
    public static IResourceBuilder<T> MustNotStop<T>(this IResourceBuilder<T> resource, FailFast failFast)
        where T : IResource => resource.OnResourceStopped((_, stopped, _) => failFast.OnStoppedAsync(stopped));
}
