using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Andi.Kafka;
using Andi.Testing;
using Andi.Topology;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;

namespace Andi.IntegrationTests.Tls;

/// <summary>A second broker beside the shared one, with a listener for TLS, on the same ZooKeeper in a place of its own.</summary>
public sealed class KafkaTlsTests(EnginesFixture engines) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly TestAuthority _authority = new("andi test");
    private readonly string _folder = Directory.CreateTempSubdirectory("andi-kafka-tls-").FullName;
    private readonly int _port = FreePort();
    private Process? _broker;

    public async ValueTask InitializeAsync()
    {
        var properties = Path.Combine(_folder, "broker.properties");
        await File.WriteAllTextAsync(properties, $"""
            broker.id=0
            listeners=SSL://localhost:{_port},PLAINTEXT://127.0.0.1:{FreePort()}
            ssl.keystore.type=PKCS12
            ssl.keystore.location={_authority.KeyStoreFile}
            ssl.keystore.password=changeit
            ssl.key.password=changeit
            ssl.enabled.protocols=TLSv1.2
            zookeeper.connect=127.0.0.1:{engines.ZooKeeperPort}/tls-{Guid.NewGuid():N}
            log.dirs={Path.Combine(_folder, "log")}
            controlled.shutdown.enable=false
            offsets.topic.num.partitions=1
            offsets.topic.replication.factor=1
            """);
        _broker = Process.Start(new ProcessStartInfo("java", ["-Xmx256m", "-XX:+UseSerialGC", "-cp", RunningAndi.KafkaJars, "kafka.Kafka", properties])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        })!;
        _broker.OutputDataReceived += (_, _) => { };
        _broker.ErrorDataReceived += (_, _) => { };
        _broker.BeginOutputReadLine();
        _broker.BeginErrorReadLine();
    }

    public ValueTask DisposeAsync()
    {
        if (_broker is { HasExited: false })
        {
            _broker.Kill(entireProcessTree: true);
            _broker.WaitForExit();
        }

        _broker?.Dispose();
        Directory.Delete(_folder, recursive: true);
        _authority.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Broker_is_believed_where_authority_and_name_are_right()
    {
        (await WriteAsync("localhost", _authority.RootFile, Patience)).ShouldBe("written");
        using var other = new TestAuthority("somebody else");
        (await WriteAsync("localhost", other.RootFile, TimeSpan.FromSeconds(2))).ShouldContain("certificate verify failed");
        (await WriteAsync("127.0.0.1", _authority.RootFile, TimeSpan.FromSeconds(2))).ShouldContain("certificate verify failed");
    }

    /// <returns>"written", or what librdkafka said.</returns>
    private async Task<string> WriteAsync(string host, string root, TimeSpan patience)
    {
        var connection = KafkaConnection.From(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"ConnectionStrings:{ConnectionNames.Kafka}"] = $"{host}:{_port};security.protocol=ssl;ssl.ca.location={root}",
            [SettingNames.KafkaProtocol] = KafkaDialect.Legacy,
        }).Build());
        var settings = connection.ProducerSettings();
        settings["message.timeout.ms"] = $"{patience.TotalMilliseconds:0}";
        settings["reconnect.backoff.max.ms"] = "500";
        var said = new ConcurrentQueue<string>();
        using var producer = new ProducerBuilder<string, string>(settings)
            .SetErrorHandler((_, error) => said.Enqueue(error.Reason))
            .SetLogHandler((_, log) => said.Enqueue(log.Message))
            .Build();
        try
        {
            await producer.ProduceAsync("tls", new Message<string, string> { Key = "k", Value = "v" }, TestContext.Current.CancellationToken);
            return "written";
        }
        catch (ProduceException<string, string>)
        {
            return string.Join('\n', said);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
