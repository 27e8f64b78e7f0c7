using System.Text;
using System.Text.Json;
using Andi.ChangeEvents;
using Andi.Oltp.ChangeCapture.Sink;
using Andi.Oltp.ChangeCapture.Source;

namespace Andi.UnitTests.ChangeCapture;

public sealed class ChangeEventWriterTests
{
    private static readonly ChangeSource Source = new(new Position(23, 4), 7, 1000, 2000, false, 1, "tp");

    [Theory]
    [InlineData(25u, "Zoë \"q\" \n", "\"Zoë \\\"q\\\" \\n\"")]
    [InlineData(1700u, "12.50", "12.50")]
    [InlineData(1700u, "NaN", "\"NaN\"")]
    [InlineData(701u, "-Infinity", "\"-Infinity\"")]
    [InlineData(701u, "1.5e+300", "1.5e+300")]
    [InlineData(16u, "t", "true")]
    [InlineData(16u, "f", "false")]
    [InlineData(3802u, "{\"math\": 80.5, \"x\": [1, null]}", "{\"math\": 80.5, \"x\": [1, null]}")]
    [InlineData(1082u, "2026-05-01", "\"2026-05-01\"")]
    [InlineData(1184u, "2026-05-01 10:00:00.123456+00", "\"2026-05-01T10:00:00.123456Z\"")]
    [InlineData(1114u, "2026-05-01 10:00:00", "\"2026-05-01T10:00:00Z\"")]
    [InlineData(1184u, "infinity", "\"infinity\"")]
    public void Text_form_becomes_JSON_by_its_type(uint typeOid, string text, string expected)
    {
        var after = AfterOf(Write('c', Table(("value", typeOid, false)), default, Row(text)));
        after.GetProperty("value").GetRawText().ShouldBe(expected);
    }

    [Fact]
    public void Event_is_the_documented_envelope()
    {
        var table = Table(("id", 23u, true), ("na\"me", 25u, false));

        Encoding.UTF8.GetString(Write('u', table, Row("1", "x"), new RowImage(Encoding.UTF8.GetBytes("1"), [ColumnValue.Text(0, 1), ColumnValue.Null])))
            .ShouldBe("""
                {"before":{"id":1,"na\u0022me":"x"},"after":{"id":1,"na\u0022me":null},"op":"u","ts_ms":2000,
                "source":{"lsn":23,"seq":4,"txId":7,"schema":"public","table":"t","ts_ms":1000,"snapshot":false,"generation":1},"traceparent":"tp"}
                """.ReplaceLineEndings(""));
    }

    [Fact]
    public void What_is_not_there_is_null_and_a_snapshot_says_so()
    {
        var table = Table(("id", 23u, true));
        var writer = new ChangeEventWriter();

        Encoding.UTF8.GetString(writer.WriteChange(table, 'r', default, Row("1"), Source with { IsSnapshot = true, TraceParent = null })).ShouldBe("""
            {"before":null,"after":{"id":1},"op":"r","ts_ms":2000,
            "source":{"lsn":23,"seq":4,"txId":7,"schema":"public","table":"t","ts_ms":1000,"snapshot":true,"generation":1}}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public void Value_that_the_update_left_alone_comes_from_the_row_before()
    {
        var table = Table(("id", 25u, true), ("essay", 25u, false));
        var buffer = Encoding.UTF8.GetBytes("2");
        var after = new RowImage(buffer, [ColumnValue.Text(0, 1), ColumnValue.Unchanged]);

        AfterOf(Write('u', table, Row("1", "long text"), after)).GetRawText().ShouldBe("""{"id":"2","essay":"long text"}""");
    }

    [Fact]
    public void Row_under_a_new_key_is_whole_and_new()
    {
        var writer = new ChangeEventWriter();
        var table = Table(("id", 25u, true), ("essay", 25u, false));
        var after = new RowImage(Encoding.UTF8.GetBytes("2"), [ColumnValue.Text(0, 1), ColumnValue.Unchanged]);

        var value = writer.WriteMovedIn(table, Row("1", "long text"), after, Source);

        ChangeEventReader.Read(value).Operation.ShouldBe('c');
        AfterOf(value).GetRawText().ShouldBe("""{"id":"2","essay":"long text"}""");
    }

    [Theory]
    [InlineData("1", "x", "1", "x", true)]
    [InlineData("1", "x", "1", "y", false)]
    [InlineData("1", "x", "2", "x", false)]
    [InlineData("12", "3", "1", "23", false)]
    public void Rows_have_the_same_key_where_every_column_of_it_is_the_same(string before1, string before2, string after1, string after2, bool expected)
    {
        var table = Table(("a", 25u, true), ("note", 25u, false), ("b", 25u, true));
        Row(before1, "old", before2).HasKeyOf(Row(after1, "new", after2), table).ShouldBe(expected);
    }

    [Fact]
    public void Long_key_that_an_update_left_alone_is_the_same_key()
    {
        var table = Table(("id", 25u, true), ("n", 23u, false));
        Row("long", "1").HasKeyOf(new RowImage("2"u8.ToArray(), [ColumnValue.Unchanged, ColumnValue.Text(0, 1)]), table).ShouldBeTrue();
    }

    [Fact]
    public void Key_is_the_primary_key_alone()
    {
        var writer = new ChangeEventWriter();
        var key = writer.WriteKey(Table(("a", 23u, true), ("b", 25u, false), ("c", 25u, true)), Row("1", "x", "y"));
        Encoding.UTF8.GetString(key).ShouldBe("""{"a":1,"c":"y"}""");
    }

    [Fact]
    public void What_the_relay_writes_the_ingestor_reads()
    {
        var value = Write('u', Table(("id", 23u, true)), Row("1"), Row("2"));

        var change = ChangeEventReader.Read(value);

        var source = change.Source;
        (change.Operation, source.Position, source.TransactionId, source.CommittedAtMs, source.Generation, source.TraceParent)
            .ShouldBe(('u', Source.Position, 7ul, 1000L, 1, "tp"));
        Encoding.UTF8.GetString(value[change.Before]).ShouldBe("""{"id":1}""");
        Encoding.UTF8.GetString(value[change.After]).ShouldBe("""{"id":2}""");
    }

    [Fact]
    public void Truncate_has_no_row()
    {
        var writer = new ChangeEventWriter();
        var change = ChangeEventReader.Read(writer.WriteTruncate(Source, Table(("a", 23u, true), ("b", 25u, false), ("c", 25u, true)).SourceLabel));
        (change.Operation, change.Source.Position).ShouldBe(('t', Source.Position));
        change.Source.IsSnapshot.ShouldBeFalse();
    }

    [Fact]
    public void Heartbeat_carries_its_position()
    {
        var writer = new ChangeEventWriter();
        var change = ChangeEventReader.Read(writer.WriteHeartbeat(Source with { Position = Position.EndOf(99) }));
        (change.Operation, change.Source.Position).ShouldBe(('h', Position.EndOf(99)));
    }

    private static byte[] Write(char operation, RelationShape table, RowImage before, RowImage after)
    {
        var writer = new ChangeEventWriter();
        return writer.WriteChange(table, operation, before, after, Source);
    }

    private static JsonElement AfterOf(byte[] value) => JsonDocument.Parse(value).RootElement.GetProperty("after");

    private static RelationShape Table(params (string Name, uint TypeOid, bool IsKey)[] columns) => new(
        new CaptureState("public", "t", "andi.public.t"),
        [.. columns.Select(c => new RelationColumn(c.Name, JsonForms.OfType(c.TypeOid), c.IsKey))]);

    private static RowImage Row(params string[] texts)
    {
        var values = new List<ColumnValue>();
        var buffer = new MemoryStream();
        foreach (var text in texts)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            values.Add(ColumnValue.Text((int)buffer.Length, utf8.Length));
            buffer.Write(utf8);
        }

        return new RowImage(buffer.ToArray(), values);
    }
}
