using Andi.AppHost.Lifecycle;

namespace Andi.AppHost.Stores;

/// <summary>A native engine as an executable resource: it is ready when it answers in its own protocol, and the host ends when it dies.</summary>
internal static class NativeEngine
{
    /// <param name="host">Where to.</param>
    /// <param name="engine">The resource; its name says what it is.</param>
    /// <param name="arguments">Of the command.</param>
    /// <param name="endpoint">Where it listens. Without Aspire's proxy, which accepts connections before the engine does.</param>
    /// <param name="prepare">Done before each start: folders, configuration files, initialisation. Repeatable.</param>
    /// <param name="probe">Asks one question in the engine's protocol; throws, saying why, while it is not ready.</param>
    public static IResourceBuilder<T> AddNativeEngine<T>(
        this AndiHost host, T engine, IReadOnlyList<string> arguments, (string Scheme, int Port) endpoint,
        Func<CancellationToken, Task> prepare, Func<CancellationToken, Task> probe)
        where T : ExecutableResource =>
        host.Builder.AddResource(engine)
            .WithArgs([.. arguments])
            .WithEndpoint(port: endpoint.Port, targetPort: endpoint.Port, scheme: endpoint.Scheme, name: endpoint.Scheme, isProxied: false)
            .WithReadinessCheck(probe)
            .OnBeforeResourceStarted((_, started, token) => host.FailFast.GuardAsync($"{engine.Name} cannot be prepared", prepare, token))
            .MustNotStop(host.FailFast);

    /// <summary>Work that must be done once the engine is ready and before anything uses it. Repeatable.</summary>
    public static IResourceBuilder<T> WithSetUp<T>(this IResourceBuilder<T> engine, AndiHost host, Func<CancellationToken, Task> setUp)
        where T : IResource =>
        engine.OnResourceReady((_, ready, token) => host.FailFast.GuardAsync($"{engine.Resource.Name} cannot be set up", setUp, token));
}
