using System.Text;
using Andi.Cli.Check;
using Confluent.Kafka;

namespace Andi.UnitTests.Cli;

public sealed class OffsetRuleTests
{
    private static readonly Dictionary<long, bool> NoDeadLetters = [];

    [Theory]
    [InlineData("c", 1, 0)]
    [InlineData("r", 1, 0)]
    [InlineData("u", 1, 1)]
    [InlineData("d", 0, 1)]
    [InlineData("h", 0, 0)]
    public void Operation_leaves_its_rows(string operation, long added, long retracted)
    {
        var (rows, _) = new OffsetRule(NoDeadLetters, 0).Next(Event(4, operation, 100), standing: 7, LandedRows.None(4));
        (rows.Added, rows.Retracted).ShouldBe((added, retracted));
        rows.Last.ShouldBe(added + retracted == 0 ? 0 : (UInt128)100 << 32);
    }

    [Fact]
    public void Truncation_takes_back_as_many_rows_as_stand()
    {
        Take(added: 0, retracted: 6).ShouldBe((0, 7));
        Take(added: 0, retracted: 7).ShouldBe((0, 7));
        // A row that a dead letter should have brought, and an event after it took back, is given back.
        Take(added: 2, retracted: 9).ShouldBe((2, 9));

        static (long, long) Take(long added, long retracted)
        {
            var (rows, _) = new OffsetRule(NoDeadLetters, 0).Next(Event(4, "t", 100), standing: 7, new LandedRows(4, added, retracted, 0, 0));
            return (rows.Added, rows.Retracted);
        }
    }

    [Fact]
    public void Truncation_settles_the_dead_letters_before_it()
    {
        var rule = new OffsetRule(new Dictionary<long, bool> { [0] = true, [2] = true }, 0);
        Added(rule, Event(0, "c", 10)).ShouldBe(0);
        Added(rule, Event(1, "t", 11)).ShouldBe(0);
        Added(rule, Event(2, "c", 12)).ShouldBe(0);
        rule.NotReplayed.ShouldBe([2L]);
        Added(rule, Replay(3, of: 0, Event(0, "c", 10)), isLanded: true).ShouldBe(0);
    }

    [Fact]
    public void What_stands_at_or_below_a_position_before_it_leaves_nothing()
    {
        var rule = new OffsetRule(NoDeadLetters, (UInt128)50 << 32);
        Added(rule, Event(0, "c", 50)).ShouldBe(0);
        Added(rule, Event(1, "c", 51)).ShouldBe(1);
        Added(rule, Event(2, "h", 60)).ShouldBe(0);
        Added(rule, Event(3, "c", 55)).ShouldBe(0);
        Added(rule, Event(4, "c", 61)).ShouldBe(1);
    }

    [Fact]
    public void Dead_letter_leaves_nothing_and_its_replay_what_it_should_have_left_once()
    {
        var rule = new OffsetRule(new Dictionary<long, bool> { [0] = true, [1] = false }, 0);
        Added(rule, Event(0, "c", 10)).ShouldBe(0);
        Added(rule, Event(1, "c", 11)).ShouldBe(0);
        Added(rule, Event(2, "c", 12)).ShouldBe(1);
        rule.NotReplayed.ShouldBe([0L]);
        Added(rule, Replay(3, of: 0, Event(0, "c", 10)), isLanded: false).ShouldBe(0);
        Added(rule, Replay(4, of: 0, Event(0, "c", 10)), isLanded: true).ShouldBe(1);
        Added(rule, Replay(5, of: 0, Event(0, "c", 10)), isLanded: true).ShouldBe(0);
        Added(rule, Replay(6, of: 1, Event(1, "c", 11)), isLanded: true).ShouldBe(0);
        rule.NotReplayed.ShouldBeEmpty();
    }

    [Fact]
    public void What_cannot_be_read_has_to_be_a_dead_letter() =>
        Added(new OffsetRule(NoDeadLetters, 0), Message(0, "no event")).ShouldBeLessThan(0);

    private static long Added(OffsetRule rule, ConsumeResult<byte[]?, byte[]?> message, bool isLanded = false) =>
        rule.Next(message, 0, new LandedRows(message.Offset, isLanded ? 1 : 0, 0, 0, 0)).Rows.Added;

    private static ConsumeResult<byte[]?, byte[]?> Event(long offset, string operation, ulong lsn) =>
        Message(offset, $$$"""{"op":"{{{operation}}}","source":{"lsn":{{{lsn}}},"seq":0}}""");

    private static ConsumeResult<byte[]?, byte[]?> Replay(long offset, long of, ConsumeResult<byte[]?, byte[]?> original) =>
        Message(offset, $$"""{"op":"x","replayOf":{{of}},"message":"{{Convert.ToBase64String(original.Message.Value!)}}"}""");

    private static ConsumeResult<byte[]?, byte[]?> Message(long offset, string value) =>
        new() { Topic = "t", Partition = 0, Offset = offset, Message = new Message<byte[]?, byte[]?> { Value = Encoding.UTF8.GetBytes(value) } };
}
