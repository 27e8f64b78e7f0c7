using System.Text;
using Andi.Oltp.Imports;

namespace Andi.UnitTests.Oltp;

/// <summary>What we rely on of CsvHelper, and what the cursor adds: errors by row, UTF-8 checked, a bound on a row.</summary>
public sealed class CsvCursorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quotes_commas_and_line_breaks_belong_to_a_quoted_field()
    {
        var rows = await ReadAsync("a,b\r\n\"x,\"\"y\"\"\",\"two\r\nlines\"\n,\"\"\n");
        rows.Select(row => row.Fields).ShouldBe([["a", "b"], ["x,\"y\"", "two\r\nlines"], ["", ""]]);
        rows.Select(row => row.Line).ShouldBe([1, 2, 4]);
    }

    [Theory]
    [InlineData("a,b\n1,2\n", new[] { 1L, 2 })]
    [InlineData("a,b\r\n1,2", new[] { 1L, 2 })]
    [InlineData("a,b\r1,2\r", new[] { 1L, 2 })]
    [InlineData("a,b\n\n\r\n1,2\n\n", new[] { 1L, 4 })]
    [InlineData("\uFEFFa,b\n1,2\n", new[] { 1L, 2 })]
    [InlineData("a,b\n\"1\n\n\",2\n3,4\n", new[] { 1L, 2, 5 })]
    public async Task Lines_are_counted_whatever_ends_them(string text, long[] lines)
    {
        var rows = await ReadAsync(text);
        rows.Select(row => row.Line).ShouldBe(lines);
        rows[0].Fields.ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("a\"b,c", "has a quote inside a field that does not begin with one")]
    [InlineData("\"a\"b,c", "has text after a closing quote")]
    [InlineData("x,\"a\" ,c", "has text after a closing quote")]
    public async Task Malformed_row_says_what_is_wrong_and_the_next_is_read(string row, string error)
    {
        var rows = await ReadAsync($"{row}\n1,2\n");
        rows.Count.ShouldBe(2);
        rows[0].Error.ShouldBe(error);
        rows[1].Fields.ShouldBe(["1", "2"]);
        rows[1].Line.ShouldBe(2);
    }

    [Theory]
    [InlineData("\"Miller\" Jr,5", new[] { "Miller Jr", "5" })]
    [InlineData("5\" disk,\"a\"\"b\"", new[] { "5\" disk", "a\"b" })]
    [InlineData("x,\"a\" ", new[] { "x", "a " })]
    public async Task Quotes_where_none_should_be_are_read_when_asked(string row, string[] fields)
    {
        using var cursor = new CsvCursor(new MemoryStream(Encoding.UTF8.GetBytes($"{row}\n1,2\n")), lenientQuotes: true);
        (await cursor.ReadAsync(Cancellation)).ShouldBeTrue();
        cursor.Error.ShouldBeNull();
        Enumerable.Range(0, cursor.Count).Select(index => Encoding.UTF8.GetString(cursor[index])).ShouldBe(fields);
        (await cursor.ReadAsync(Cancellation)).ShouldBeTrue();
        Encoding.UTF8.GetString(cursor[0]).ShouldBe("1");
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public async Task Another_separator_can_be_asked_for(char separator)
    {
        using var cursor = new CsvCursor(new MemoryStream(Encoding.UTF8.GetBytes($"a,b{separator}c\n")), separator);
        (await cursor.ReadAsync(Cancellation)).ShouldBeTrue();
        Enumerable.Range(0, cursor.Count).Select(index => Encoding.UTF8.GetString(cursor[index])).ShouldBe(["a,b", "c"]);
    }

    [Theory]
    [InlineData(",,", true)]
    [InlineData("\"\",\"\"", true)]
    [InlineData(",,x", false)]
    [InlineData("\"\"", false)]
    public async Task Row_of_separators_alone_is_blank(string row, bool isBlank)
    {
        using var cursor = new CsvCursor(new MemoryStream(Encoding.UTF8.GetBytes(row)));
        (await cursor.ReadAsync(Cancellation)).ShouldBeTrue();
        cursor.IsBlank.ShouldBe(isBlank);
    }

    [Fact]
    public async Task Invalid_utf8_is_told_with_its_line()
    {
        byte[] file = [.. "a,b\nx,y\n"u8, (byte)'p', 0xC3, (byte)'(', .. ",q\nr,s\n"u8];
        var rows = await ReadAsync(file, int.MaxValue);
        rows.Select(row => (row.Line, row.Error)).ShouldBe([(1, null), (2, null), (3, "is not valid UTF-8"), (4, null)]);
    }

    [Theory]
    [InlineData("a,b\n1,\"2\n3,4\n", 2, "never closed")]
    [InlineData("\"a", 1, "never closed")]
    public async Task Quote_that_is_never_closed_ends_the_file_where_it_was_opened(string text, long line, string reason)
    {
        var exception = await Should.ThrowAsync<CsvException>(() => ReadAsync(text));
        exception.Line.ShouldBe(line);
        exception.Message.ShouldContain(reason);
    }

    [Fact]
    public async Task Row_does_not_grow_without_bound()
    {
        var quoted = await Should.ThrowAsync<CsvException>(() => ReadAsync("a\n\"" + new string('x', 3_000_000)));
        quoted.Line.ShouldBe(2);
        quoted.Message.ShouldContain("quote");
        (await Should.ThrowAsync<CsvException>(() => ReadAsync("a\n" + new string('x', 3_000_000)))).Message.ShouldContain("longer than");
    }

    [Fact]
    public async Task Empty_file_has_no_rows()
    {
        (await ReadAsync("")).ShouldBeEmpty();
        (await ReadAsync("\uFEFF")).ShouldBeEmpty();
        (await ReadAsync("\r\n\n")).ShouldBeEmpty();
    }

    private static Task<List<ReadRow>> ReadAsync(string text) => ReadAsync(Encoding.UTF8.GetBytes(text), int.MaxValue);

    internal static async Task<List<ReadRow>> ReadAsync(byte[] file, int bytesPerRead)
    {
        using var cursor = new CsvCursor(new DrippingStream(file, bytesPerRead));
        var rows = new List<ReadRow>();
        while (await cursor.ReadAsync(Cancellation))
        {
            var fields = new List<string>();
            for (var index = 0; index < cursor.Count; index++)
            {
                fields.Add(Encoding.UTF8.GetString(cursor[index]));
            }

            rows.Add(new ReadRow(cursor.Line, cursor.Error, fields));
        }

        return rows;
    }

    internal sealed record ReadRow(long Line, string? Error, List<string> Fields);

    /// <summary>Gives out few bytes at a time, as a network does.</summary>
    private sealed class DrippingStream(byte[] content, int bytesPerRead) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(bytesPerRead, buffer.Length)], cancellationToken);
    }
}
