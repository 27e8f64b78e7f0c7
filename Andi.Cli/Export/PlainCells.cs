using System.Buffers;
using System.Globalization;
using System.Text;

namespace Andi.Cli.Export;

/// <summary>
/// Passes on CSV whose texts stand in quotes and whose numbers do not, and puts an apostrophe before a text that a spreadsheet might run as a formula:
/// <c>"=1+1"</c> becomes <c>"'=1+1"</c>, as OWASP's page on CSV injection says. Numbers stay numbers, <c>-5</c> among them.
/// </summary>
/// <param name="inner">Gets whole rows, and stays open.</param>
internal sealed class PlainCells(Stream inner) : WriteOnlyStream
{
    private readonly ArrayBufferWriter<byte> _row = new();
    private readonly ArrayBufferWriter<byte> _output = new();
    private bool _isQuoted;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (EndOfRow(buffer.Span) is >= 0 and var end)
        {
            _row.Write(buffer.Span[..(end + 1)]);
            Rewrite(_row.WrittenSpan, _output);
            _row.ResetWrittenCount();
            buffer = buffer[(end + 1)..];
        }

        _row.Write(buffer.Span);
        await inner.WriteAsync(_output.WrittenMemory, cancellationToken);
        _output.ResetWrittenCount();
    }

    /// <summary>Writes what is left behind the last row.</summary>
    public override async ValueTask DisposeAsync()
    {
        Rewrite(_row.WrittenSpan, _output);
        _row.ResetWrittenCount();
        await inner.WriteAsync(_output.WrittenMemory);
        _output.ResetWrittenCount();
        await base.DisposeAsync();
    }

    /// <summary>A row, or several, with an apostrophe at the beginning of each text that may be a formula.</summary>
    internal static void Rewrite(ReadOnlySpan<byte> rows, IBufferWriter<byte> output)
    {
        while (rows.IndexOf((byte)'"') is >= 0 and var quote)
        {
            // Up to the quote there are separators and values without quotes: numbers.
            output.Write(rows[..(quote + 1)]);
            rows = rows[(quote + 1)..];
            var end = EndOfText(rows);
            if (MayBeFormula(rows[..end]))
            {
                output.Write("'"u8);
            }

            var closed = Math.Min(end + 1, rows.Length);
            output.Write(rows[..closed]);
            rows = rows[closed..];
        }

        output.Write(rows);
    }

    /// <summary>
    /// Whether a spreadsheet might take the text for a formula: it begins with <c>= + - @</c>, also in their full width, a tab or the end of a line, behind
    /// any blanks, quotes and characters that nobody sees.
    /// </summary>
    /// <param name="text">UTF-8.</param>
    internal static bool MayBeFormula(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var length);
            if (rune.Value is '\t' or '\r' or '\n' or '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠')
            {
                return true;
            }

            var isPassedOver = rune.Value is '"' or '\'' or '\0' || Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;
            if (!isPassedOver)
            {
                return false;
            }

            text = text[length..];
        }

        return false;
    }

    // Two quotes within a text mean one; a single one ends it.
    private static int EndOfText(ReadOnlySpan<byte> rows)
    {
        var at = 0;
        while (rows[at..].IndexOf((byte)'"') is >= 0 and var quote)
        {
            at += quote;
            if (at + 1 >= rows.Length || rows[at + 1] != (byte)'"')
            {
                return at;
            }

            at += 2;
        }

        return rows.Length;
    }

    // A line break within quotes is part of a text.
    private int EndOfRow(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            _isQuoted ^= bytes[at] == (byte)'"';
            if (bytes[at] == (byte)'\n' && !_isQuoted)
            {
                return at;
            }
        }

        return -1;
    }
}
