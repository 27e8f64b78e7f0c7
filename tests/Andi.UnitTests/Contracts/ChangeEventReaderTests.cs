using System.Text;
using System.Text.Json;
using Andi.ChangeEvents;
using Andi.ChangeEvents.FastPath;

namespace Andi.UnitTests.Contracts;

public sealed class ChangeEventReaderTests
{
    private const string Source = """ "source":{"lsn":23,"seq":4,"txId":7,"schema":"public","table":"t","ts_ms":1000,"snapshot":false,"generation":2} """;

    [Fact]
    public void Event_is_read_whatever_the_order_of_its_members()
    {
        var value = Encoding.UTF8.GetBytes(
            $$"""{ {{Source}}, "new":[{}], "after":{"a":{"b":1} }, "ts_ms":1, "op":"u", "traceparent":"tp", "before":{"a":0} }""");

        var change = Read(value);

        change.Operation.ShouldBe('u');
        change.Source.Position.ShouldBe(new Position(23, 4));
        (change.Source.TransactionId, change.Source.CommittedAtMs, change.Source.Generation, change.Source.TraceParent).ShouldBe((7ul, 1000L, 2, "tp"));
        Encoding.UTF8.GetString(value[change.Before]).ShouldBe("""{"a":0}""");
        Encoding.UTF8.GetString(value[change.After]).ShouldBe("""{"a":{"b":1} }""");
    }

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("""{"op":"c","after":{}}""", "source")]
    [InlineData("""{"op":"x","after":{},SOURCE}""", "op")]
    [InlineData("""{"after":{},SOURCE}""", "op")]
    [InlineData("""{"op":"c","before":null,"after":null,SOURCE}""", "after")]
    [InlineData("""{"op":"u","after":{},SOURCE}""", "before")]
    [InlineData("""{"op":"d","before":{},"after":{},SOURCE}""", "after")]
    [InlineData("""{"op":"c","after":[],SOURCE}""", "after")]
    [InlineData("""{"op":"c","after":{},"source":{"lsn":"x","seq":1,"generation":1}}""", "source.lsn")]
    [InlineData("""{"op":"c","after":{},"source":{"lsn":1,"generation":1}}""", "seq")]
    [InlineData("""{"op":"c","after":{},"source":{"lsn":1,"seq":1}}""", "generation")]
    public void Malformed_event_is_refused_with_what_is_wrong(string value, string expected) =>
        Should.Throw<MalformedEventException>(() => ChangeEventReader.Read(Encoding.UTF8.GetBytes(value.Replace("SOURCE", Source))))
            .Message.ShouldContain(expected);

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("""{"op":"h",SOURCE""")]
    [InlineData("""{"op":"h",SOURCE} and more""")]
    public void Event_that_is_no_JSON_is_refused(string value) =>
        Should.Throw<JsonException>(() => ChangeEventReader.Read(Encoding.UTF8.GetBytes(value.Replace("SOURCE", Source))));

    [Theory]
    [InlineData("null", """{"a":1}""", 'c')]
    [InlineData("""{"a":1}""", "null", 'd')]
    [InlineData("""{"a":1,"b":{"c":{}}}""", """{"a":2,"b":{}}""", 'u')]
    // Values that look like the envelope around them, as text and, in a column that keeps JSON as it came, as JSON.
    [InlineData("""{"a":"},\"after\":{"}""", """{"a":"x\",\"op\":\"c"}""", 'u')]
    [InlineData("""{"a":{"b":{},"after":{"c":1},"op":"d"}}""", """{"a":{"b":{},"after":null,"op":"c","source":{}}}""", 'u')]
    [InlineData("null", """{"a":{"b":1,"op":"d"}}""", 'c')]
    [InlineData("""{"a":{"b":{},"after":null,"op":"d"}}""", "null", 'd')]
    public void Row_images_are_found_in_events_as_the_relay_writes_them(string before, string after, char operation)
    {
        var value = Encoding.UTF8.GetBytes($$"""{"before":{{before}},"after":{{after}},"op":"{{operation}}","ts_ms":1,{{Source.Trim()}},"traceparent":"tp"}""");

        var change = Read(value);

        change.Operation.ShouldBe(operation);
        (change.Source.Position, change.Source.Generation, change.Source.TraceParent).ShouldBe((new Position(23, 4), 2, "tp"));
        TextOf(value, change.Before).ShouldBe(before);
        TextOf(value, change.After).ShouldBe(after);
    }

    // Whichever way an event is read, it is the same.
    private static ChangeEvent Read(byte[] value)
    {
        var change = ChangeEventReader.Read(value);
        FastEventReader.Read(value).ShouldBe(change);
        return change;
    }

    private static string TextOf(byte[] value, Range image) => image.Equals(default) ? "null" : Encoding.UTF8.GetString(value[image]);
}
