using Andi.AppHost.State;
using Andi.Topology;

namespace Andi.AppHost.Engines;

/// <summary>ZooKeeper 3.4, alone, on the loopback address: what a Kafka 0.9 broker keeps its topics in.</summary>
public sealed class ZooKeeperEngine(EngineFolder engines, StateFolder state, int port)
{
    public int Port => port;

    public ProcessDescription Describe()
    {
        var configuration = Path.Combine(state.Configuration, "zookeeper.properties");
        return new ProcessDescription
        {
            Name = ResourceNames.ZooKeeper,
            Command = Java.Program,
            Arguments =
            [
                "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", $"-Dlog4j.configuration=file:{JavaLogging.File(state)}",
                "-cp", Path.Combine(engines.KafkaJars, "*"), "org.apache.zookeeper.server.quorum.QuorumPeerMain", configuration,
            ],
            WorkingDirectory = state.Root,
            Prepare = async cancellationToken =>
            {
                Directory.CreateDirectory(state.Data(ResourceNames.ZooKeeper));
                await JavaLogging.WriteAsync(state, cancellationToken);
                await File.WriteAllTextAsync(configuration, Properties(), cancellationToken);
            },
            Probe = async cancellationToken =>
            {
                await ExpectAsync("ruok", "imok", cancellationToken);
                // "imok" it says as soon as it listens; a mode it has once it serves.
                await ExpectAsync("srvr", "Mode: ", cancellationToken);
            },
            StopWithin = TimeSpan.FromSeconds(10),
        };
    }

    private async Task ExpectAsync(string word, string expected, CancellationToken cancellationToken)
    {
        var answer = await Loopback.AskZooKeeperAsync(port, word, cancellationToken);
        if (!answer.Contains(expected, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"ZooKeeper answered '{answer.Trim()}' to {word}");
        }
    }

    private string Properties() =>
        $"""
        dataDir={state.Data(ResourceNames.ZooKeeper)}
        clientPort={port}
        clientPortAddress=127.0.0.1
        maxClientCnxns=0
        tickTime=1000
        autopurge.snapRetainCount=3
        autopurge.purgeInterval=24
        """;
}
