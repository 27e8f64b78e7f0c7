using System.Text;
using Andi.Cli.Check;

namespace Andi.UnitTests.Cli;

public sealed class ByteOrderTests
{
    [Theory]
    [InlineData("", "a")]
    [InlineData("a", "aa")]
    [InlineData("Z", "a")]
    [InlineData("\uffff", "\U00010000")]
    [InlineData("x\ue000", "x\U0001f600y")]
    [InlineData("\U00010000", "\U00010001")]
    public void Orders_as_the_bytes_do(string smaller, string larger)
    {
        Math.Sign(Encoding.UTF8.GetBytes(smaller).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(larger))).ShouldBe(-1);
        ByteOrder.Compare(smaller, larger).ShouldBeLessThan(0);
        ByteOrder.Compare(larger, smaller).ShouldBeGreaterThan(0);
        ByteOrder.Compare(larger, larger).ShouldBe(0);
    }
}
