using System.Text;
using Andi.ChangeEvents;
using Andi.Ingestor.Landing;
using Andi.Simulation.Warehouse;

namespace Andi.UnitTests.Ingestor;

public sealed class LandingBatchTests
{
    private static readonly LandingTable Table = new("staging", "things_changes",
    [
        new("thing_id", "String"),
        new("amount", "Decimal(5, 2)"),
        new("note", "LowCardinality(Nullable(String))", IsOptional: true),
        new("parts", "Map(LowCardinality(String), Decimal(5, 2))", IsOptional: true),
        .. LandingShape.Meta,
    ]);

    [Fact]
    public async Task Block_is_what_ClickHouse_documents_as_Native()
    {
        using var batch = new LandingBatch(Table, partition: 3, fence: 6, new FixedTime(2));
        Append(batch, 'c', """{"thing_id":"a","amount":1.5,"note":null,"parts":{"x":2},"colour":"red"}""");

        var block = await BytesOf(batch);

        byte[] amount = [150, 0, 0, 0];
        byte[] parts = [1, 0, 0, 0, 0, 0, 0, 0, 1, (byte)'x', 200, 0, 0, 0];
        byte[] position = [7, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] expected =
        [
            15, 1,
            .. Text("thing_id"), .. Text("String"), .. Text("a"),
            .. Text("amount"), .. Text("Decimal(5, 2)"), .. amount,
            .. Text("note"), .. Text("Nullable(String)"), 1, 0,
            .. Text("parts"), .. Text("Map(String, Decimal(5, 2))"), .. parts,
            .. Text("_sign"), .. Text("Int8"), 1,
            .. Text("_position"), .. Text("UInt128"), .. position,
            .. Text("_txid"), .. Text("UInt64"), 9, 0, 0, 0, 0, 0, 0, 0,
            .. Text("_deleted"), .. Text("UInt8"), 0,
            .. Text("_generation"), .. Text("UInt32"), 1, 0, 0, 0,
            .. Text("_partition"), .. Text("UInt16"), 3, 0,
            .. Text("_offset"), .. Text("Int64"), 42, 0, 0, 0, 0, 0, 0, 0,
            .. Text("_committed_at"), .. Text("DateTime64(6, 'UTC')"), 0xE8, 3, 0, 0, 0, 0, 0, 0,
            .. Text("_ingested_at"), .. Text("DateTime64(6, 'UTC')"), 0xD0, 7, 0, 0, 0, 0, 0, 0,
            .. Text("_unmapped"), .. Text("String"), .. Text("""{"colour":"red"}"""),
            .. Text("_fence"), .. Text("Int64"), 6, 0, 0, 0, 0, 0, 0, 0,
        ];
        block.ShouldBe(expected);
    }

    /// <summary>Kind: a column that is renamed or dropped upstream turns into nothing in silence.</summary>
    [Fact]
    public void Row_without_a_column_that_has_no_default_does_not_fit()
    {
        using var batch = new LandingBatch(Table, 0, 1, new FixedTime(0));
        Append(batch, 'c', """{"thing_id":"a","amount":2}""");
        Should.Throw<MalformedEventException>(() => Append(batch, 'c', """{"thing_id":"b","sum":2}""")).Message.ShouldContain("amount");
        batch.Rows.ShouldBe(1);
    }

    [Fact]
    public void Update_is_a_retraction_and_a_row()
    {
        using var batch = new LandingBatch(Table, 0, 1, new FixedTime(0));
        Append(batch, 'u', """{"thing_id":"a","amount":2}""", before: """{"thing_id":"a","amount":1}""");
        batch.Rows.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"thing_id":"b","amount":1.005}""", "amount")]
    [InlineData("""{"thing_id":"b","amount":1000}""", "amount")]
    [InlineData("""{"thing_id":"b","amount":"many"}""", "amount")]
    [InlineData("""{"thing_id":null}""", "thing_id")]
    [InlineData("""{"thing_id":"b","parts":{"x":1,"y":"?"}}""", "parts")]
    [InlineData("""{"thing_id":"b","thing_id":"c"}""", "thing_id")]
    [InlineData("""{"thing_id":"b"},"after":{}""", "behind a row")]
    public async Task Row_that_does_not_fit_names_its_column_and_leaves_no_trace(string row, string named)
    {
        using var batch = new LandingBatch(Table, 0, 1, new FixedTime(0));
        using var reference = new LandingBatch(Table, 0, 1, new FixedTime(0));
        const string good = """{"thing_id":"a","amount":1,"parts":{"x":2,"y":3}}""";
        Append(batch, 'c', good);
        Append(reference, 'c', good);

        // As the second row of an update: the first, which fits, must go too.
        Should.Throw<MalformedEventException>(() => Append(batch, 'u', row, before: good)).Message.ShouldContain(named);
        Append(batch, 'c', good);
        Append(reference, 'c', good);

        (await BytesOf(batch)).ShouldBe(await BytesOf(reference));
    }

    private static void Append(LandingBatch batch, char operation, string after, string? before = null)
    {
        var value = Encoding.UTF8.GetBytes(before + after);
        var split = Encoding.UTF8.GetByteCount(before ?? "");
        var change = new ChangeEvent(operation, new ChangeSource(new Position(5, 7), 9, 1, 2, false, 1, null), 0..split, split..value.Length);
        batch.AppendChange(change, value, offset: 42);
    }

    private static async Task<byte[]> BytesOf(LandingBatch batch)
    {
        using var stream = new MemoryStream();
        await batch.WriteToAsync(stream, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    private sealed class FixedTime(long sinceEpochMs) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(sinceEpochMs);
    }

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.UTF8.GetBytes(text)];
}
