using System.Buffers;
using System.Text;

namespace Andi.EmbeddedClickHouse.Statements;

internal enum SqlTokenKind
{
    End,
    Word,
    QuotedIdentifier,
    Literal,
    Open,
    Close,
    Comma,
    Semicolon,
    Other,
}

/// <summary>A token of a statement's text; <see cref="Start"/> and <see cref="End"/> are byte offsets.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End);

/// <summary>
/// Splits ClickHouse SQL into tokens, leaving out white space and comments, so that keywords are told from text inside quotes and comments.
/// It knows no grammar. What it cannot make sense of (an open quote) ends the text: the engine's own parser words that error.
/// </summary>
internal ref struct SqlLexer(ReadOnlySpan<byte> text, int start = 0)
{
    private static readonly SearchValues<byte> WordBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _position = start;

    public SqlToken Next()
    {
        SkipSpaceAndComments();
        if (_position >= _text.Length)
        {
            return new SqlToken(SqlTokenKind.End, _text.Length, _text.Length);
        }

        var start = _position;
        var kind = _text[start] switch
        {
            (byte)'\'' => Quoted((byte)'\'', SqlTokenKind.Literal),
            (byte)'`' => Quoted((byte)'`', SqlTokenKind.QuotedIdentifier),
            (byte)'"' => Quoted((byte)'"', SqlTokenKind.QuotedIdentifier),
            (byte)'(' or (byte)'[' or (byte)'{' => Single(SqlTokenKind.Open),
            (byte)')' or (byte)']' or (byte)'}' => Single(SqlTokenKind.Close),
            (byte)',' => Single(SqlTokenKind.Comma),
            (byte)';' => Single(SqlTokenKind.Semicolon),
            (byte)'$' => HereDocument(),
            0xE2 when _text[start..].StartsWith("\u2018"u8) => QuotedTo("\u2019"u8, SqlTokenKind.Literal),
            0xE2 when _text[start..].StartsWith("\u201C"u8) => QuotedTo("\u201D"u8, SqlTokenKind.QuotedIdentifier),
            var first when WordBytes.Contains(first) => Word(char.IsAsciiDigit((char)first) ? SqlTokenKind.Literal : SqlTokenKind.Word),
            _ => Single(SqlTokenKind.Other),
        };
        return new SqlToken(kind, start, _position);
    }

    public readonly bool Is(SqlToken token, ReadOnlySpan<byte> keyword) =>
        token.Kind == SqlTokenKind.Word && Ascii.EqualsIgnoreCase(_text[token.Start..token.End], keyword);

    private void SkipSpaceAndComments()
    {
        while (_position < _text.Length)
        {
            var rest = _text[_position..];
            if (rest[0] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or (byte)'\v')
            {
                _position++;
            }
            else if (rest.StartsWith("--"u8) || rest.StartsWith("//"u8) || rest.StartsWith("# "u8) || rest.StartsWith("#!"u8))
            {
                var line = rest.IndexOf((byte)'\n');
                _position = line < 0 ? _text.Length : _position + line + 1;
            }
            else if (rest.StartsWith("/*"u8))
            {
                var close = rest[2..].IndexOf("*/"u8);
                _position = close < 0 ? _text.Length : _position + 2 + close + 2;
            }
            else if (rest[0] >= 0x80 && Rune.DecodeFromUtf8(rest, out var rune, out var length) == OperationStatus.Done && IsSpace(rune))
            {
                _position += length;
            }
            else
            {
                return;
            }
        }
    }

    // What the engine's lexer skips beyond ASCII.
    private static bool IsSpace(Rune rune) =>
        Rune.IsWhiteSpace(rune) || rune.Value is 0x180E or 0x200B or 0x200C or 0x200D or 0x2060 or 0xFEFF;

    private SqlTokenKind Single(SqlTokenKind kind)
    {
        _position++;
        return kind;
    }

    private SqlTokenKind Word(SqlTokenKind kind)
    {
        var length = _text[_position..].IndexOfAnyExcept(WordBytes);
        _position = length < 0 ? _text.Length : _position + length;
        return kind;
    }

    /// <summary>Between typographic quotes, of which the second ends it: they know no escapes.</summary>
    private SqlTokenKind QuotedTo(ReadOnlySpan<byte> quote, SqlTokenKind kind)
    {
        var rest = _text[(_position + quote.Length)..];
        var close = rest.IndexOf(quote);
        _position = close < 0 ? _text.Length : _position + quote.Length + close + quote.Length;
        return close < 0 ? SqlTokenKind.End : kind;
    }

    private SqlTokenKind Quoted(byte quote, SqlTokenKind kind)
    {
        for (_position++; _position < _text.Length; _position++)
        {
            if (_text[_position] == '\\')
            {
                _position++;
            }
            else if (_text[_position] == quote)
            {
                if (_position + 1 < _text.Length && _text[_position + 1] == quote)
                {
                    _position++;
                    continue;
                }

                _position++;
                return kind;
            }
        }

        _position = _text.Length;
        return SqlTokenKind.End;
    }

    /// <summary><c>$tag$ … $tag$</c>, a string without escapes.</summary>
    private SqlTokenKind HereDocument()
    {
        var rest = _text[_position..];
        var tagEnd = rest[1..].IndexOfAnyExcept(WordBytes);
        if (tagEnd < 0 || rest[1 + tagEnd] != '$')
        {
            return Single(SqlTokenKind.Other);
        }

        var tag = rest[..(tagEnd + 2)];
        var close = rest[tag.Length..].IndexOf(tag);
        if (close < 0)
        {
            return Single(SqlTokenKind.Other);
        }

        _position += tag.Length + close + tag.Length;
        return SqlTokenKind.Literal;
    }
}
