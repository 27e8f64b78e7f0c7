using Andi.Warehouse.Client;

namespace Andi.UnitTests.Warehouse;

public sealed class RowBinaryReaderTests
{
    [Fact]
    public void Values_are_read_in_their_order()
    {
        var reader = new RowBinaryReader([2, 0xc3, 0xbc, 0xfe, 0xff, 0xff, 0xff, 7, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x01]);
        reader.ReadText().ShouldBe("ü");
        reader.ReadInt32().ShouldBe(-2);
        reader.ReadInt64().ShouldBe(7);
        reader.ReadLength().ShouldBe(128);
        reader.AtEnd.ShouldBeTrue();
    }

    [Theory]
    [InlineData(new byte[] { 3, 65, 66 })]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[0])]
    public void Answer_that_ends_within_a_value_is_refused(byte[] answer) => Should.Throw<ArgumentException>(() => new RowBinaryReader(answer).ReadText());
}
