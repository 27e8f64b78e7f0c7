using System.Text;
using Andi.Cli.Load;
using Andi.Cli.Load.Columns;
using Andi.Oltp.Imports;

namespace Andi.UnitTests.Cli.Load;

/// <summary>A file's rows are read in the order of the table's columns; what is wrong is told with its line and column, and reading goes on.</summary>
public sealed class CsvRowsTests
{
    private const int MaxListed = 20;

    private static readonly LoadableTable Table = new(
        "things", [new("name", ValueReaders.For("String")), new("size", ValueReaders.For("Nullable(UInt8)")), new("since", ValueReaders.For("Date"))]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Columns_may_come_in_any_order_with_a_byte_order_mark_and_any_line_ends()
    {
        var (rows, errors) = await ReadAsync("\uFEFFsince,name,size\r\n1970-01-02,\"a, \"\"b\"\"\",7\r\n1970-01-03,c,");
        errors.Listed.ShouldBeEmpty();
        rows.ShouldBe([(2, "06612C20226222" + "0007" + "0100"), (3, "0163" + "01" + "0200")]);
    }

    [Fact]
    public async Task Lines_are_those_of_the_file_also_after_line_breaks_in_quotes_and_empty_lines()
    {
        var (_, errors) = await ReadAsync("name,size,since\n\"two\nlines\",1,2026-01-01\n\n\"three\r\n\r\nlines\",300,2026-01-01\nlast,x,soon\n");
        errors.Listed.ShouldBe([
            new RowReject(5, "size", "must be from 0 to 255, not '300'"),
            new RowReject(8, "size", "must be a whole number, not 'x'"),
            new RowReject(8, "since", "must be a day such as 2026-05-01, not 'soon'"),
        ]);
        errors.Rows.ShouldBe(2);
    }

    [Theory]
    [InlineData("name,size\n", "since", "is missing")]
    [InlineData("name,size,since,extra\n", "extra", "is no column of staging.things; those are name, size, since")]
    [InlineData("name,size,since,name\n", "name", "is there more than once")]
    [InlineData("Name,size,since\n", "Name", "is no column of staging.things; those are name, size, since")]
    [InlineData("", null, "is missing: the file is empty, and must begin with a header of the columns name, size, since")]
    [InlineData("\"name\"x,size,since\n", null, "has text after a closing quote")]
    public async Task Header_that_is_not_exactly_the_tables_columns_is_refused_and_each_is_named(string file, string? column, string reason)
    {
        var (rows, errors) = await ReadAsync(file + (file.Length == 0 ? "" : "a,1,2026-01-01\n"));
        rows.ShouldBeEmpty();
        errors.Rows.ShouldBe(1);
        errors.Listed.ShouldContain(new RowReject(1, column, reason));
    }

    [Fact]
    public async Task Several_wrong_columns_of_a_header_are_all_named()
    {
        var (_, errors) = await ReadAsync("size,size,other\n");
        errors.Listed.Select(reject => reject.Field).ShouldBe(["size", "other", "name", "since"]);
    }

    [Theory]
    [InlineData("a,1,2026-01-01,more", "has 4 fields, the header has 3")]
    [InlineData("a,1", "has 2 fields, the header has 3")]
    [InlineData("\"a\"b,1,2026-01-01", "has text after a closing quote")]
    public async Task Row_of_another_form_is_refused_and_the_next_is_read(string row, string reason)
    {
        var (rows, errors) = await ReadAsync($"name,size,since\n{row}\nb,,1970-01-01\n");
        errors.Listed.ShouldBe([new RowReject(2, null, reason)]);
        rows.Count.ShouldBe(2);
        rows[1].ShouldBe((3, "0162" + "01" + "0000"));
    }

    [Fact]
    public async Task Quote_that_is_never_closed_is_told_where_it_was_opened()
    {
        var (rows, errors) = await ReadAsync("name,size,since\na,1,2026-01-01\n\"b,1,2026-01-01\nc,1,2026-01-01\n");
        rows.Count.ShouldBe(1);
        errors.Listed.ShouldHaveSingleItem().Line.ShouldBe(3);
    }

    [Fact]
    public async Task First_reasons_are_listed_and_all_rows_counted()
    {
        var (_, errors) = await ReadAsync("name,size,since\n" + string.Concat(Enumerable.Repeat("a,-1,2026-01-01\n", 50)));
        (errors.Rows, errors.Listed.Count, errors.Listed[^1].Line).ShouldBe((50, MaxListed, 21));
    }

    [Fact]
    public async Task Of_a_million_rows_none_is_kept()
    {
        const int Rows = 1_000_000;
        var line = $"{new string('x', 400)},7,2026-01-01\n";
        await using var file = new RepeatedRows("name,size,since\n", line, Rows);
        using var csv = new CsvRows(file, Table, MaxListed);
        (await csv.ReadHeaderAsync(Cancellation)).ShouldBeTrue();
        // Nothing waits for anything, so it is all done on this thread.
        var (thread, before) = (Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread());
        for (var row = new RowBytes(); await csv.ReadAsync(row, Cancellation); row.Truncate(0))
        {
        }

        (csv.Count, csv.Errors.Rows, Environment.CurrentManagedThreadId).ShouldBe((Rows, 0, thread));
        // What was allocated at all, a third of what was read, has no room for rows.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Rows * line.Length / 3);
    }

    private static async Task<(List<(long Line, string Bytes)> Rows, RowErrors Errors)> ReadAsync(string text)
    {
        using var csv = new CsvRows(new MemoryStream(Encoding.UTF8.GetBytes(text)), Table, MaxListed);
        var rows = new List<(long, string)>();
        if (await csv.ReadHeaderAsync(Cancellation))
        {
            for (var row = new RowBytes(); await csv.ReadAsync(row, Cancellation); row.Truncate(0))
            {
                rows.Add((csv.Line, Convert.ToHexString(row.Written.Span)));
            }
        }

        return (rows, csv.Errors);
    }
}
