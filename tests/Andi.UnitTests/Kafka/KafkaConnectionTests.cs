using Andi.Kafka;
using Andi.Topology;
using Microsoft.Extensions.Configuration;

namespace Andi.UnitTests.Kafka;

public sealed class KafkaConnectionTests
{
    [Fact]
    public void Settings_of_security_stand_behind_the_brokers()
    {
        var settings = Connection("a:1,b:2;security.protocol=ssl;ssl.ca.location=/etc/a=b.crt;").ClientSettings();
        settings["bootstrap.servers"].ShouldBe("a:1,b:2");
        settings["security.protocol"].ShouldBe("ssl");
        settings["ssl.ca.location"].ShouldBe("/etc/a=b.crt");
    }

    [Theory]
    [InlineData("a:1;acks=0", "'acks'")]
    [InlineData("a:1;nonsense", "security.protocol=…")]
    public void Other_settings_are_refused(string text, string named) =>
        Should.Throw<InvalidOperationException>(() => Connection(text)).Message.ShouldContain(named);

    private static KafkaConnection Connection(string text) => KafkaConnection.From(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { [$"ConnectionStrings:{ConnectionNames.Kafka}"] = text })
        .Build());
}
