using System.Buffers;

namespace Andi.Oltp.Imports.Csv;

/// <summary>Finds the fields of one row. Starts the row over when more data has come, so it holds no state between calls.</summary>
internal static class CsvRowParser
{
    private const byte Comma = (byte)',';
    private const byte Quote = (byte)'"';
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';
    private const int MaxFields = 1_000;
    private static readonly SearchValues<byte> EndsOfPlainField = SearchValues.Create(",\n\r\""u8);

    public enum Result
    {
        Row,
        EmptyLine,
        End,
        NeedsMore,
    }

    /// <param name="data">All that was read so far.</param>
    /// <param name="start">Where the row begins.</param>
    /// <param name="isAll">Nothing comes after <paramref name="data"/>.</param>
    /// <param name="line">The number of the line at <paramref name="start"/>.</param>
    /// <param name="row">Takes the fields, where the row ends and the number of the line after it.</param>
    public static Result Parse(ReadOnlySpan<byte> data, int start, bool isAll, long line, CsvRow row)
    {
        row.Begin(start, line);
        if (start == data.Length)
        {
            return isAll ? Result.End : Result.NeedsMore;
        }

        var at = start;
        while (true)
        {
            var isQuoted = at < data.Length && data[at] == Quote;
            if (!(isQuoted ? TryQuoted(data, ref at, isAll, row) : TryPlain(data, ref at, isAll, row)))
            {
                return Result.NeedsMore;
            }

            if (row.Count > MaxFields)
            {
                throw new CsvException(line, $"This row has more than {MaxFields} fields.");
            }

            if (at < data.Length && data[at] == Comma)
            {
                at++;
                if (at == data.Length && !isAll)
                {
                    return Result.NeedsMore;
                }

                continue;
            }

            if (!TryEndLine(data, ref at, isAll, row))
            {
                return Result.NeedsMore;
            }

            row.End = at;
            return row.Count == 1 && row.Error is null && IsLineBreakOnly(data[start..at]) ? Result.EmptyLine : Result.Row;
        }
    }

    // Leaves `at` on the comma, the line break or the end. False: the field's end is not in the data yet.
    private static bool TryPlain(ReadOnlySpan<byte> data, ref int at, bool isAll, CsvRow row)
    {
        var start = at;
        while (true)
        {
            var length = data[at..].IndexOfAny(EndsOfPlainField);
            if (length < 0)
            {
                at = data.Length;
                row.Add(start, at - start, hasDoubledQuotes: false);
                return isAll;
            }

            at += length;
            if (data[at] != Quote)
            {
                row.Add(start, at - start, hasDoubledQuotes: false);
                return true;
            }

            row.Error ??= $"has a quote inside field {row.Count + 1}, which does not begin with one";
            at++;
        }
    }

    private static bool TryQuoted(ReadOnlySpan<byte> data, ref int at, bool isAll, CsvRow row)
    {
        var start = ++at;
        var hasDoubledQuotes = false;
        while (true)
        {
            var length = data[at..].IndexOf(Quote);
            if (length < 0)
            {
                row.InsideQuotes = true;
                return isAll ? throw new CsvException(row.Line, "A quote opened in this row is never closed.") : false;
            }

            at += length + 1;
            if (at == data.Length && !isAll)
            {
                return false;
            }

            if (at == data.Length || data[at] != Quote)
            {
                break;
            }

            hasDoubledQuotes = true;
            at++;
        }

        var content = data[start..(at - 1)];
        row.NextLine += CountLineBreaks(content);
        row.Add(start, content.Length, hasDoubledQuotes);
        return TrySkipToSeparator(data, ref at, isAll, row);
    }

    private static bool TrySkipToSeparator(ReadOnlySpan<byte> data, ref int at, bool isAll, CsvRow row)
    {
        if (at == data.Length || data[at] is Comma or LineFeed or CarriageReturn)
        {
            return true;
        }

        row.Error ??= $"has text after the closing quote of field {row.Count}";
        var length = data[at..].IndexOfAny(Comma, LineFeed, CarriageReturn);
        at = length < 0 ? data.Length : at + length;
        return length >= 0 || isAll;
    }

    private static bool TryEndLine(ReadOnlySpan<byte> data, ref int at, bool isAll, CsvRow row)
    {
        if (at == data.Length)
        {
            return isAll;
        }

        if (data[at] == CarriageReturn)
        {
            if (at + 1 == data.Length && !isAll)
            {
                return false;
            }

            at += at + 1 < data.Length && data[at + 1] == LineFeed ? 2 : 1;
        }
        else
        {
            at++;
        }

        row.NextLine++;
        return true;
    }

    private static bool IsLineBreakOnly(ReadOnlySpan<byte> row) => row[0] is LineFeed or CarriageReturn;

    private static int CountLineBreaks(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny(LineFeed, CarriageReturn) < 0)
        {
            return 0;
        }

        var count = 0;
        for (var index = 0; index < text.Length; index++)
        {
            count += text[index] == LineFeed || (text[index] == CarriageReturn && (index + 1 == text.Length || text[index + 1] != LineFeed)) ? 1 : 0;
        }

        return count;
    }
}
