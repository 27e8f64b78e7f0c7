using System.Text;
using Andi.Oltp.Imports;
using FsCheck;
using FsCheck.Fluent;

namespace Andi.UnitTests.Oltp;

public sealed class CsvCursorProperties
{
    // The characters that matter to CSV, and some of one, two, three and four bytes.
    private static readonly string[] Pieces = ["a", "7", ",", "\"", "\"\"", "\n", "\r\n", "\r", " ", "é", "漢", "𝄞", ";"];
    private static readonly string[] LineEnds = ["\n", "\r\n", "\r"];

    [Fact]
    public void What_is_written_is_read_however_it_arrives() => Prop.ForAll(Tables(), table =>
    {
        var read = CsvCursorTests.ReadAsync(Encoding.UTF8.GetBytes(table.Write()), table.BytesPerRead).GetAwaiter().GetResult();
        return read.TrueForAll(row => row.Error is null)
            && read.Count == table.Rows.Length
            && read.Zip(table.Rows).All(pair => pair.First.Fields.SequenceEqual(pair.Second));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Row_is_on_the_line_after_all_line_breaks_before_it() => Prop.ForAll(Tables(), table =>
    {
        var read = CsvCursorTests.ReadAsync(Encoding.UTF8.GetBytes(table.Write()), table.BytesPerRead).GetAwaiter().GetResult();
        var expected = Enumerable.Range(0, table.Rows.Length).Select(count => 1L + Breaks(table with { Rows = table.Rows[..count] }));
        return read.Select(row => row.Line).SequenceEqual(expected);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_bytes_bring_it_down() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), file =>
    {
        try
        {
            CsvCursorTests.ReadAsync(file, 3).GetAwaiter().GetResult();
        }
        catch (CsvException exception)
        {
            return exception.Line >= 1;
        }

        return true;
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<Table> Tables() => Arb.From(
        from columns in Gen.Choose(2, 5)
        from rows in Gen.Choose(1, 8)
        from bytesPerRead in Gen.Choose(1, 40)
        from lineEnd in Gen.Elements(LineEnds)
        from cells in Gen.ArrayOf(Gen.ArrayOf(Gen.Elements(Pieces)).Resize(6).Select(string.Concat), columns * rows)
        select new Table([.. cells.Chunk(columns).Select(row => row.ToArray())], lineEnd, bytesPerRead));

    private static int Breaks(Table table) => table.Write().Replace("\r\n", "\n", StringComparison.Ordinal).Count(character => character is '\n' or '\r');

    private sealed record Table(string[][] Rows, string LineEnd, int BytesPerRead)
    {
        // RFC 4180, every other field quoted without need.
        public string Write() => string.Concat(Rows.Select(row => string.Join(',', row.Select(Quote)) + LineEnd));

        public override string ToString() => $"{BytesPerRead} bytes per read of {System.Text.Json.JsonSerializer.Serialize(Write())}";

        private static string Quote(string cell, int index) => index % 2 == 0 || cell.AsSpan().ContainsAny(",\"\r\n")
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;
    }
}
