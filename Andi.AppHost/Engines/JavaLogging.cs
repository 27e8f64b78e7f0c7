using Andi.AppHost.State;

namespace Andi.AppHost.Engines;

/// <summary>ZooKeeper and Kafka log to standard output, as everything else here does.</summary>
internal static class JavaLogging
{
    public static string File(StateFolder state) => Path.Combine(state.Configuration, "log4j.properties");

    public static Task WriteAsync(StateFolder state, CancellationToken cancellationToken) => System.IO.File.WriteAllTextAsync(
        File(state),
        """
        log4j.rootLogger=INFO, stdout
        log4j.appender.stdout=org.apache.log4j.ConsoleAppender
        log4j.appender.stdout.layout=org.apache.log4j.PatternLayout
        log4j.appender.stdout.layout.ConversionPattern=%d{ISO8601} %p %m (%c{1})%n
        # Warn of what is meant to be so: one ZooKeeper, and a broker's first start.
        log4j.logger.org.apache.zookeeper.server.quorum.QuorumPeerMain=ERROR
        log4j.logger.kafka.server.BrokerMetadataCheckpoint=ERROR
        """,
        cancellationToken);
}
