using System.Net;
using System.Net.Sockets;
using Andi.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.UnitTests.Kafka;

public sealed class ReconnectingClientsTests : IDisposable
{
    private const string NobodyThere = "127.0.0.1:1";

    private readonly TcpListener _broker = new(IPAddress.Loopback, 0);

    public ReconnectingClientsTests() => _broker.Start();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private KafkaConnection Kafka => new($"127.0.0.1:{((IPEndPoint)_broker.LocalEndpoint).Port}", IsLegacyProtocol: true, "andi");

    // What librdkafka knows are only brokers that are down, as after an outage in which it let go of the others.
    [Fact]
    public async Task Producer_left_with_no_broker_is_given_its_bootstrap_servers_again()
    {
        var config = new ProducerConfig(Kafka.ProducerSettings()) { BootstrapServers = NobodyThere };
        using var producer = new ProducerBuilder<byte[], byte[]>(config).ReconnectTo(Kafka, NullLogger.Instance).Build();
        producer.Produce("topic", new Message<byte[], byte[]> { Value = [1] }, _ => { });

        using var connection = await _broker.AcceptTcpClientAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        connection.Connected.ShouldBeTrue();
    }

    [Fact]
    public async Task Consumer_left_with_no_broker_is_given_its_bootstrap_servers_again()
    {
        var config = new ConsumerConfig(Kafka.ClientSettings()) { BootstrapServers = NobodyThere, GroupId = "group" };
        using var consumer = new ConsumerBuilder<byte[], byte[]>(config).ReconnectTo(Kafka, NullLogger.Instance).Build();
        consumer.Subscribe("topic");

        var accepting = _broker.AcceptTcpClientAsync(Cancellation).AsTask();
        for (var poll = 0; poll < 3_000 && !accepting.IsCompleted; poll++)
        {
            consumer.Consume(TimeSpan.FromMilliseconds(10));
        }

        using var connection = await accepting.WaitAsync(TimeSpan.FromSeconds(1), Cancellation);
        connection.Connected.ShouldBeTrue();
    }

    public void Dispose() => _broker.Dispose();
}
