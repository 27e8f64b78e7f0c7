namespace Andi.AppHost.Native;

/// <summary>
/// Power over single processes of a running topology, for tests of what happens when one dies, hangs or comes back. Names are those of
/// <see cref="Andi.Topology.ResourceNames"/>; of several replicas the second is <c>{name}-2</c> and so on. What ends here does not count as
/// <see cref="NativeTopology.Died"/>.
/// </summary>
public sealed class ProcessControl
{
    private readonly Children _children;

    internal ProcessControl(Children children) => _children = children;

    /// <summary>The process id, to measure it by.</summary>
    public int IdOf(string name) => _children.Find(name).Id;

    /// <summary>SIGKILL to the process and everything it started; returns once it is gone.</summary>
    public Task KillAsync(string name) => _children.KillAsync(name);

    /// <summary>Its own stop signal; killed where it does not end in its time. Returns once it is gone.</summary>
    public Task StopAsync(string name) => _children.StopAsync(name);

    /// <summary>Starts a killed or stopped process again, same port and data; returns when it is ready.</summary>
    /// <exception cref="TopologyException">It ended, or was not ready in time.</exception>
    public Task StartAsync(string name, CancellationToken cancellationToken) => _children.StartAgainAsync(name, cancellationToken);

    /// <summary>SIGSTOP to the process and everything it started.</summary>
    public void Pause(string name) => _children.Find(name).Pause();

    /// <summary>SIGCONT to what was paused.</summary>
    public void Continue(string name) => _children.Find(name).Continue();
}
