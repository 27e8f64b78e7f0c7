using System.Buffers;
using System.Text;
using System.Text.Json;
using Andi.Oltp.Areas.Assessments;

namespace Andi.UnitTests.Oltp;

public sealed class TextOrNumberTests
{
    [Theory]
    [InlineData("""{"schoolYear":"2025-2026"}""", "2025-2026")]
    [InlineData("""{"schoolYear":2026}""", "2026")]
    [InlineData("""{"schoolYear":7}""", "7")]
    [InlineData("""{"schoolYear":null}""", null)]
    public void Number_is_its_text_wherever_a_buffer_of_the_request_ends(string json, string? expected)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        for (var end = 0; end <= utf8.Length; end++)
        {
            var first = new Segment(utf8.AsMemory(0, end), 0);
            var last = first.Then(utf8.AsMemory(end));
            var reader = new Utf8JsonReader(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length));
            JsonSerializer.Deserialize<ScoreBody>(ref reader, JsonSerializerOptions.Web)!.SchoolYear.ShouldBe(expected, $"the first buffer ends at {end}");
        }
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long begin) => (Memory, RunningIndex) = (memory, begin);

        public Segment Then(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
