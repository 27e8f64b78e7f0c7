using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace Andi.EndToEndTests.Topology;

/// <summary>The topology on Aspire. <c>ANDI_ENGINES</c> (auto, containers, native) says what the stores are.</summary>
internal static class StartedTopology
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    public static async Task<IAsyncDisposable> StartAsync(string stateFolder, CancellationToken cancellationToken)
    {
        var engines = Environment.GetEnvironmentVariable("ANDI_ENGINES") is { Length: > 0 } chosen ? chosen : "auto";
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Andi_AppHost>(
            ["--host", "aspire", "--engines", engines, "--data", stateFolder, "--fresh"], cancellationToken);
        var running = new Running(builder, await builder.BuildAsync(cancellationToken));
        try
        {
            await running.Application.StartAsync(cancellationToken).WaitAsync(StartLimit, cancellationToken);
            await WaitForRunJsonAsync(Path.Combine(stateFolder, "run.json"), cancellationToken).WaitAsync(StartLimit, cancellationToken);
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    // The host writes it once everything is healthy.
    private static async Task WaitForRunJsonAsync(string file, CancellationToken cancellationToken)
    {
        while (!File.Exists(file))
        {
            await Task.Delay(LookEvery, cancellationToken);
        }
    }

    private sealed class Running(IDistributedApplicationTestingBuilder builder, DistributedApplication application) : IAsyncDisposable
    {
        public DistributedApplication Application => application;

        public async ValueTask DisposeAsync()
        {
            await application.StopAsync(CancellationToken.None).WaitAsync(StopLimit);
            await application.DisposeAsync();
            await builder.DisposeAsync();
        }
    }
}
