using System.Text.RegularExpressions;
using Andi.ChangeEvents;
using Andi.Kafka;

namespace Andi.UnitTests.Contracts;

public sealed class ChangeTopicTests
{
    private static readonly KafkaConnection Kafka = new("broker:9092", IsLegacyProtocol: false, "andi");

    [Theory]
    [InlineData(1, "andi.public.scores")]
    [InlineData(2, "andi-2.public.scores")]
    [InlineData(31, "andi-31.public.scores")]
    public void Topic_names_its_generation_schema_and_table(int generation, string topic)
    {
        Kafka.TopicOf(generation, "public", "scores").ShouldBe(topic);
        Kafka.TryParseTopic(topic, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(new ChangeTopic(generation, "public", "scores"));
        Regex.IsMatch(topic, Kafka.TopicPattern).ShouldBeTrue();
    }

    [Theory]
    [InlineData("andi.dead-letters")]
    [InlineData("andi-1.public.scores")]
    [InlineData("andi-x.public.scores")]
    [InlineData("andib.public.scores")]
    [InlineData("andi.public.scores.more")]
    [InlineData("other.public.scores")]
    [InlineData("andi..scores")]
    public void Other_topics_are_not_taken_for_change_topics(string topic) => Kafka.TryParseTopic(topic, out _).ShouldBeFalse();
}
