using System.Text;
using Andi.Cli.Export;

namespace Andi.UnitTests.Cli;

/// <summary>Texts of an export do nothing in a spreadsheet, and numbers stay numbers.</summary>
public sealed class PlainCellsTests
{
    [Theory]
    [InlineData("\"=1+1\"", "\"'=1+1\"")]
    [InlineData("\"+1 555\"", "\"'+1 555\"")]
    [InlineData("\"-5\"", "\"'-5\"")]
    [InlineData("\"@SUM(A1)\"", "\"'@SUM(A1)\"")]
    [InlineData("\"\tx\"", "\"'\tx\"")]
    [InlineData("\"\rx\"", "\"'\rx\"")]
    [InlineData("\"\nx\"", "\"'\nx\"")]
    [InlineData("\"＝1\"", "\"'＝1\"")]
    [InlineData("\"＋1\"", "\"'＋1\"")]
    [InlineData("\"－1\"", "\"'－1\"")]
    [InlineData("\"＠A\"", "\"'＠A\"")]
    [InlineData("\"  =1\"", "\"'  =1\"")]
    [InlineData("\"\"\"=1\"\"\"", "\"'\"\"=1\"\"\"")]
    [InlineData("\"'=1\"", "\"''=1\"")]
    [InlineData("\"\u200B=1\"", "\"'\u200B=1\"")]
    [InlineData("\"a\",\"=1\",-5", "\"a\",\"'=1\",-5")]
    public void Text_that_may_be_a_formula_begins_with_an_apostrophe(string row, string written) => Written(row, 1).ShouldBe(written);

    [Theory]
    [InlineData("-5,+5,0.5")]
    [InlineData("\"O'Brien\",\"a=b\",\"2026-05-01\",\\N,\"\"")]
    [InlineData("\"a,\"\"=1\"\",b\"")]
    [InlineData("\"a\n=1\",2")]
    [InlineData("\"[-1,2]\",\"{\"\"a\"\":-1}\"")]
    public void Everything_else_stays_as_it_is(string row) => Written(row, 1).ShouldBe(row);

    /// <summary>Any texts and numbers, cut anywhere: no text of the file begins a formula, and taken away again the apostrophes leave what there was.</summary>
    [Fact]
    public void No_text_of_any_file_begins_a_formula()
    {
        string[] pieces = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "－", " ", "\"", "'", ",", "a", "é", "1", "𝄞"];
        for (var seed = 1; seed <= 2_000; seed++)
        {
            var random = new Random(seed);
            List<List<(string Text, bool IsNumber)>> rows = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Enumerable.Range(0, 3).Select(_ =>
                random.Next(4) == 0 ? ($"{random.Next(-9, 9)}", true) : (string.Concat(random.GetItems(pieces, random.Next(5))), false)).ToList())];
            var file = string.Concat(rows.Select(row => string.Join(',', row.Select(cell => cell.IsNumber ? cell.Text : Quoted(cell.Text))) + "\n"));

            var written = Parse(Written(file, random.Next(1, 20)));

            written.Count.ShouldBe(rows.Sum(row => row.Count), $"seed {seed}");
            foreach (var (cell, given) in written.Zip(rows.SelectMany(row => row)))
            {
                (cell == given.Text || (!given.IsNumber && cell == "'" + given.Text)).ShouldBeTrue($"seed {seed}: {cell}");
                (!given.IsNumber && given.Text.TrimStart(' ', '"', '\'') is [var first, ..] && "=+-@\t\r\n＝－".Contains(first, StringComparison.Ordinal))
                    .ShouldBe(cell != given.Text, $"seed {seed}: {given.Text}");
            }
        }
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>What comes out when the file is written in pieces of so many bytes.</summary>
    private static string Written(string file, int piece)
    {
        using var target = new MemoryStream();
        var cells = new PlainCells(target);
        foreach (var bytes in Encoding.UTF8.GetBytes(file).Chunk(piece))
        {
            cells.WriteAsync(bytes).AsTask().GetAwaiter().GetResult();
        }

        cells.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(target.ToArray());
    }

    // A reader of CSV as RFC 4180 has it, and nothing else.
    private static List<string> Parse(string file)
    {
        List<string> cells = [];
        for (var at = 0; at < file.Length; at++)
        {
            var cell = new StringBuilder();
            if (file[at] == '"')
            {
                for (at++; file[at] != '"' || (at + 1 < file.Length && file[at + 1] == '"'); at++)
                {
                    at += file[at] == '"' ? 1 : 0;
                    cell.Append(file[at]);
                }

                at++;
            }
            else
            {
                for (; file[at] is not (',' or '\n'); at++)
                {
                    cell.Append(file[at]);
                }
            }

            cells.Add(cell.ToString());
        }

        return cells;
    }
}
