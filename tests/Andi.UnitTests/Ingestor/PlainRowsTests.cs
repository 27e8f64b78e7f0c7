using System.Globalization;
using System.Text;
using System.Text.Json;
using Andi.ChangeEvents;
using Andi.ChangeEvents.FastPath;
using Andi.Ingestor.Landing;
using Andi.Simulation.Warehouse;

namespace Andi.UnitTests.Ingestor;

/// <summary>The fast way to read an event, for the form that the relay writes, against the way that reads any JSON.</summary>
public sealed class PlainRowsTests
{
    private const string Sample =
        """{"before":null,"after":{"thing_id":"a7","amount":-12.5,"count":40,"day":"2026-02-28","at":"2026-02-28T10:11:12.5Z","flag":true"""
        + ""","ratio":0.25,"note":null,"parts":{"x": 2, "y":[1, {"z":"w"}]},"shares":{"x":2.5}},"op":"c","ts_ms":17,"source":"""
        + """{"lsn":5,"seq":7,"txId":9,"schema":"public","table":"things","ts_ms":16,"snapshot":false,"generation":1}"""
        + ""","traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}""";

    private static readonly LandingTable Table = new("staging", "things_changes",
    [
        new("thing_id", "String"),
        new("amount", "Decimal(5, 2)"),
        new("count", "Int16"),
        new("day", "Date"),
        new("at", "DateTime64(6, 'UTC')"),
        new("flag", "Bool"),
        new("ratio", "Float64"),
        new("note", "Nullable(String)"),
        new("parts", "String"),
        new("shares", "Map(LowCardinality(String), Decimal(5, 2))"),
        new("extra", "Nullable(Int32)", IsOptional: true),
        .. LandingShape.Meta,
    ]);

    // What may stand in place of a byte of the sample: all that JSON gives a meaning to, and some that it does not.
    private static readonly byte[] Replacements = [.. "\"\\{}[]:,.-+0159eEnutfa \n\t"u8, 0, 0x1f, 0x7f, 0xc3, 0xff];

    [Fact]
    public async Task Event_with_any_byte_changed_is_read_as_the_reader_of_any_JSON_reads_it()
    {
        var sample = Encoding.UTF8.GetBytes(Sample);
        var plainlyRead = 0;
        for (var place = 0; place < sample.Length; place++)
        {
            await CompareAsync([.. sample[..place], .. sample[(place + 1)..]]);
            await CompareAsync(sample[..place]);
            foreach (var replacement in Replacements)
            {
                await CompareAsync([.. sample[..place], replacement, .. sample[(place + 1)..]]);
                await CompareAsync([.. sample[..place], replacement, .. sample[place..]]);
            }
        }

        plainlyRead.ShouldBeGreaterThan(1_000);

        async Task CompareAsync(byte[] value)
        {
            var (row, wasPlain) = await OutcomeAsync(value, knowsForm: true);
            plainlyRead += wasPlain ? 1 : 0;
            row.ShouldBe((await OutcomeAsync(value, knowsForm: false)).Row, Encoding.UTF8.GetString(value));
        }
    }

    [Theory]
    [InlineData("""{"op":"c"}""")]
    [InlineData(
        """,  "op":"c","ts_ms":17,"source":"""
        + """{"lsn":5,"seq":7,"txId":9,"schema":"public","table":"things","ts_ms":16,"snapshot":false,"generation":1}}""")]
    [InlineData(
        ""","op":"c","ts_ms":17,"source":"""
        + """{"lsn":5,"seq":4294967296,"txId":9,"schema":"public","table":"things","ts_ms":16,"snapshot":false,"generation":1}}""")]
    [InlineData(
        ""","op":"c","ts_ms":17,"source":"""
        + """{"lsn":18446744073709551616,"seq":1,"txId":9,"schema":"public","table":"things","ts_ms":16,"snapshot":false,"generation":1}}""")]
    [InlineData(""","op":"c","ts_ms":17,"source":{"lsn":05,"seq":1,"txId":9,"schema":"public","table":"things","ts_ms":16,"snapshot":false,"generation":1}}""")]
    [InlineData(
        ""","op":"c","ts_ms":17,"source":"""
        + """{"lsn":5,"seq":1,"txId":9,"schema":"public","table":"things","ts_ms":16,"snapshot":false,"generation":1},"more":1}""")]
    [InlineData(""","op":"c","ts_ms":17,"source":{"lsn":5,"seq":1,"txId":9,"schema":"public","table":"things","ts_ms":16,"snapshot":false,"generation":1}} """)]
    public void Envelope_in_another_form_is_left_to_the_reader_of_any_JSON(string envelope) =>
        FastEventReader.TryRead(Encoding.UTF8.GetBytes("{\"before\":null,\"after\":{}" + envelope), out _).ShouldBeFalse();

    [Fact]
    public void Envelope_in_the_form_of_the_relay_is_read()
    {
        FastEventReader.TryRead(Encoding.UTF8.GetBytes(Sample), out var change).ShouldBeTrue();

        change.Operation.ShouldBe('c');
        change.Source.ShouldBe(new ChangeSource(new Position(5, 7), 9, 16, 17, false, 1, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    }

    // The block with the event's row, or what was wrong with it.
    private static async Task<(string Row, bool WasPlain)> OutcomeAsync(byte[] value, bool knowsForm)
    {
        using var batch = new LandingBatch(Table, 0, 1, TimeProviderAt.Zero);
        if (knowsForm)
        {
            // An update whose second row does not fit leaves nothing behind, but its first has shown the form.
            var update = Encoding.UTF8.GetBytes(Sample
                .Replace("\"before\":null", "\"before\":" + Image(Sample), StringComparison.Ordinal)
                .Replace("\"after\":{\"thing_id\":\"a7\"", "\"after\":{\"thing_id\":null", StringComparison.Ordinal)
                .Replace("\"op\":\"c\"", "\"op\":\"u\"", StringComparison.Ordinal));
            Should.Throw<MalformedEventException>(() => batch.AppendChange(FastEventReader.Read(update), update, offset: 1));
        }

        try
        {
            var change = FastEventReader.Read(value);
            batch.AppendChange(change, value, offset: 2);
            using var stream = new MemoryStream();
            await batch.WriteToAsync(stream, TestContext.Current.CancellationToken);
            var image = value[change.After];
            return (Convert.ToHexString(stream.ToArray()), Form().TryFind(image));
        }
        catch (Exception exception) when (exception is MalformedEventException or JsonException or OverflowException or InvalidOperationException)
        {
            return (string.Create(CultureInfo.InvariantCulture, $"{exception.GetType().Name}: {exception.Message}"), false);
        }
    }

    private static PlainRows Form()
    {
        var names = Table.Columns.Select(column => column.Name).Where(name => name[0] != '_').Select(Encoding.UTF8.GetBytes).ToArray();
        return new PlainRows([.. Enumerable.Range(0, names.Length - 1)], names);
    }

    private static string Image(string sample) =>
        sample[sample.IndexOf("{\"thing_id", StringComparison.Ordinal)..sample.IndexOf(",\"op\"", StringComparison.Ordinal)];

    private sealed class TimeProviderAt : TimeProvider
    {
        public static readonly TimeProviderAt Zero = new();

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }
}
