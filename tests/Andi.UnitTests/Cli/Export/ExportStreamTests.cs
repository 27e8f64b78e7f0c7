using System.Text;
using Andi.Cli.Export;
using Andi.Cli.Terminal;

namespace Andi.UnitTests.Cli.Export;

public sealed class ExportStreamTests
{
    private static readonly HashSet<string> Columns = ["scores", "more"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"id":"P1","scores":"{\"algebra\": 90.250}","name":"x"}""", """{"id":"P1","scores":{"algebra": 90.250},"name":"x"}""")]
    [InlineData("""{"scores":"[1,2]","id":"{\"a\":1}","more":"{}"}""", """{"scores":[1,2],"id":"{\"a\":1}","more":{}}""")]
    [InlineData("""{"scores":"no JSON","more":null}""", """{"scores":"no JSON","more":null}""")]
    [InlineData("""{"scores":"{\"a\":\n1}","list":[{"scores":"{}"}]}""", """{"scores":{"a": 1},"list":[{"scores":"{}"}]}""")]
    [InlineData("""{"scores":"{\"a\\\"b\":\"ä\\n\"}"}""", """{"scores":{"a\"b":"ä\n"}}""")]
    public async Task Texts_of_JSON_are_written_as_JSON(string row, string expected)
    {
        using var file = new MemoryStream();
        await using (var lines = new JsonLines(file, Columns))
        {
            // In pieces, as answers come.
            foreach (var piece in Encoding.UTF8.GetBytes($"{row}\n{row}\n").Chunk(7))
            {
                await lines.WriteAsync(piece, Cancel);
            }
        }

        Encoding.UTF8.GetString(file.ToArray()).ShouldBe($"{expected}\n{expected}\n");
    }

    [Theory]
    [InlineData("a,b\n1,\"x\ny\"\n2,\"say \"\"no\n\"\"\"\n", true, 1, 2)]
    [InlineData("a,b\n", true, 1, 0)]
    [InlineData("{\"a\":\"\\\"\"}\n{\"a\":\"\\n\"}\n", true, 0, 2)]
    public async Task Progress_is_told_in_rows_and_bytes(string text, bool isText, int headers, long rows)
    {
        var step = new Step();
        using var file = new MemoryStream();
        await using var counted = new CountedStream(file, step, isText, headers);
        foreach (var piece in Encoding.UTF8.GetBytes(text).Chunk(3))
        {
            await counted.WriteAsync(piece, Cancel);
        }

        (counted.Rows, counted.Written).ShouldBe((rows, text.Length));
        step.Done.ShouldBe(rows);
        step.Detail.ShouldBe($"rows, {Amount.Bytes(text.Length)}");
    }

    private sealed class Step : IWorkStep
    {
        public double Done { get; private set; }

        public string? Detail { get; private set; }

        public void Report(double done, double? total = null, string? detail = null) => (Done, Detail) = (done, detail);

        public void Dispose()
        {
        }
    }
}
