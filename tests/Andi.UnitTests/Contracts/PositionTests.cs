using Andi.ChangeEvents;

namespace Andi.UnitTests.Contracts;

public sealed class PositionTests
{
    [Theory]
    [InlineData("0/0.0", 0ul, 0u)]
    [InlineData("16/B374D848.12", 0x16_B374D848ul, 12u)]
    [InlineData("16/B374D848", 0x16_B374D848ul, uint.MaxValue)]
    [InlineData("FFFFFFFF/FFFFFFFF.1", ulong.MaxValue, 1u)]
    public void Text_form_is_read_and_written_alike(string text, ulong commitLsn, uint index)
    {
        Position.TryParse(text, out var position).ShouldBeTrue();
        position.ShouldBe(new Position(commitLsn, index));
        position.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("16")]
    [InlineData("16/")]
    [InlineData("16/XYZ")]
    [InlineData("16/B374D848.")]
    [InlineData("16/B374D848.-1")]
    [InlineData("116666666/B374D848")]
    public void Nonsense_is_refused(string text) => Position.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Order_is_kept_by_the_number_form()
    {
        Position[] ascending = [Position.None, new(1, 0), new(1, 7), Position.EndOf(1), new(2, 0), new(ulong.MaxValue, uint.MaxValue)];
        ascending.Select(p => p.ToUInt128()).ShouldBeInOrder();
        ascending.Select(p => Position.FromUInt128(p.ToUInt128())).ShouldBe(ascending);
        ascending.ShouldBeInOrder();
    }
}
