using Andi.AppHost.State;
using Andi.Topology;

namespace Andi.AppHost.Engines;

/// <summary>One Kafka 0.9 broker on the loopback address. It never deletes events by age or size: what the ingestor has not read yet must stay.</summary>
/// <param name="engines">Where the jars are.</param>
/// <param name="state">Where the log is kept.</param>
/// <param name="port">The broker's port.</param>
/// <param name="advertisedPort">Where clients are told to connect, which is not <paramref name="port"/> where something stands between.</param>
/// <param name="zooKeeperPort">Where <see cref="ZooKeeperEngine"/> listens.</param>
/// <param name="partitions">Partitions of topics that are created by being used.</param>
public sealed class KafkaEngine(EngineFolder engines, StateFolder state, int port, int advertisedPort, int zooKeeperPort, int partitions)
{
    /// <summary>
    /// One: an insert into the warehouse costs the same for few rows as for hundreds, and every partition makes its own. More where several ingestors share the work.
    /// </summary>
    public const int DefaultPartitions = 1;

    private static readonly TimeSpan SessionTimeout = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan RegistrationPatience = TimeSpan.FromSeconds(60);

    public int Port => port;

    public string Bootstrap => $"127.0.0.1:{port}";

    public ProcessDescription Describe()
    {
        var configuration = Path.Combine(state.Configuration, "kafka.properties");
        return new ProcessDescription
        {
            Name = ResourceNames.KafkaBroker,
            Command = Java.Program,
            Arguments =
            [
                "-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-Djava.awt.headless=true", $"-Dlog4j.configuration=file:{JavaLogging.File(state)}",
                "-cp", Path.Combine(engines.KafkaJars, "*"), "kafka.Kafka", configuration,
            ],
            WorkingDirectory = state.Root,
            Prepare = async cancellationToken =>
            {
                Directory.CreateDirectory(state.Data(ResourceNames.KafkaBroker));
                await JavaLogging.WriteAsync(state, cancellationToken);
                await File.WriteAllTextAsync(configuration, Properties(), cancellationToken);
                await WaitForOldRegistrationAsync(cancellationToken);
            },
            Probe = async cancellationToken =>
            {
                if (await KafkaMetadata.CountBrokersAsync(port, cancellationToken) == 0)
                {
                    throw new InvalidOperationException("the metadata names no broker yet");
                }
            },
            StopWithin = TimeSpan.FromSeconds(30),
        };
    }

    private string Properties() =>
        $"""
        broker.id=0
        listeners=PLAINTEXT://127.0.0.1:{port}
        advertised.listeners=PLAINTEXT://127.0.0.1:{advertisedPort}
        zookeeper.connect=127.0.0.1:{zooKeeperPort}
        zookeeper.connection.timeout.ms=30000
        zookeeper.session.timeout.ms={SessionTimeout.TotalMilliseconds:0}
        # A lone broker has nobody to hand its partitions to.
        controlled.shutdown.enable=false
        log.dirs={state.Data(ResourceNames.KafkaBroker)}
        num.partitions={partitions}
        default.replication.factor=1
        auto.create.topics.enable=true
        delete.topic.enable=true
        offsets.topic.num.partitions=8
        offsets.topic.replication.factor=1
        offsets.retention.minutes=525600
        log.retention.ms=-1
        log.retention.bytes=-1
        message.max.bytes={EventLimits.LargestBrokerMessage}
        replica.fetch.max.bytes={EventLimits.LargestBrokerMessage}
        group.min.session.timeout.ms=1000
        group.max.session.timeout.ms=1800000
        num.network.threads=2
        num.io.threads=4
        """;

    // After a kill the registration of the broker that died lives on until its ZooKeeper session times out; a broker that starts before that gives up.
    private async Task WaitForOldRegistrationAsync(CancellationToken cancellationToken)
    {
        var deadline = DateTime.UtcNow + RegistrationPatience;
        while (true)
        {
            try
            {
                // A ZooKeeper that has not read its data yet answers, too, but lists nothing.
                var dump = await Loopback.AskZooKeeperAsync(zooKeeperPort, "dump", cancellationToken);
                if (dump.Contains("ephemeral nodes dump", StringComparison.Ordinal) && !dump.Contains("/brokers/ids/0", StringComparison.Ordinal))
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or TimeoutException)
            {
                // ZooKeeper is not there yet.
            }

            if (DateTime.UtcNow > deadline)
            {
                throw new TopologyException("Kafka cannot start: ZooKeeper does not answer, or still has a broker registered. Is another broker running on this state folder's ZooKeeper?");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
        }
    }
}
