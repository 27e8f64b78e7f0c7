using Andi.Testing;

namespace Andi.Bench.Setting;

/// <summary>
/// What a part runs on: the options, and topologies of native engines of its own, which end with it. Their data goes when all parts have run: to make files is
/// slow for some minutes where many have been removed, which would be measured with whatever comes next.
/// </summary>
internal sealed class BenchSetting(string part, BenchOptions options) : IAsyncDisposable
{
    private readonly List<RunningAndi> _topologies = [];

    public BenchOptions Options => options;

    /// <summary>A folder for the part's files; empty at its start.</summary>
    public string Folder { get; } = TestState.Empty($"bench-{part}");

    /// <summary>Starts a topology on empty stores.</summary>
    /// <param name="change">What it is to have other than the default: services, no dashboard.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RunningAndi> StartAsync(Func<RunningAndiOptions, RunningAndiOptions> change, CancellationToken cancellationToken)
    {
        var state = Path.Combine(Folder, $"topology-{_topologies.Count + 1}");
        var topology = await RunningAndi.StartAsync(
            change(new RunningAndiOptions
            {
                StateFolder = state,
                Arguments = ["--fresh"],
                // The peer of ingest is ClickHouse's own reader of Kafka.
                ClickHouseVariables = new Dictionary<string, string> { ["ClickHouse__AllowedSources__0"] = "KAFKA" },
            }), cancellationToken);
        _topologies.Add(topology);
        return topology;
    }

    /// <summary>Says how far a part is.</summary>
    public void Tell(string what) => Console.WriteLine($"   {part} {TimeProvider.System.GetLocalNow():HH:mm:ss} {what}");

    public async ValueTask DisposeAsync()
    {
        foreach (var topology in _topologies)
        {
            await topology.DisposeAsync();
        }
    }

    /// <summary>Removes what the stores held.</summary>
    public void DropData() => _topologies.ForEach(topology => TestState.DropData(topology.Options.StateFolder));
}
