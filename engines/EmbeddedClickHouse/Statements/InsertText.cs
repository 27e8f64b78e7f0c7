namespace Andi.EmbeddedClickHouse.Statements;

/// <summary>
/// An INSERT whose rows follow it: the statement ends at <paramref name="HeadEnd"/>, before VALUES or FORMAT; its rows are in
/// <paramref name="Format"/> and start at <paramref name="DataStart"/>.
/// </summary>
internal sealed record InsertText(int HeadEnd, int DataStart, string Format) : StatementText
{
    /// <summary>
    /// Reads <c>INSERT INTO [TABLE|FUNCTION] … [(columns)] [SETTINGS …] {VALUES | FORMAT name}</c> with a lexer that stands behind INSERT.
    /// False for one that gets its rows otherwise (SELECT, …); true and null when more text is needed to tell.
    /// </summary>
    public static bool Read(ReadOnlySpan<byte> text, SqlLexer lexer, bool complete, out InsertText? insert)
    {
        insert = null;
        var depth = 0;
        var previous = default(SqlToken);
        for (var token = lexer.Next(); token.Kind != SqlTokenKind.End; previous = token, token = lexer.Next())
        {
            if (!complete && token.End == text.Length)
            {
                return true;
            }

            depth += token.Kind switch { SqlTokenKind.Open => 1, SqlTokenKind.Close => -1, _ => 0 };
            if (depth != 0 || IsName(previous, lexer))
            {
                continue;
            }

            if (lexer.Is(token, "VALUES"u8))
            {
                insert = new InsertText(token.Start, token.End, "Values");
                return true;
            }

            if (lexer.Is(token, "FORMAT"u8))
            {
                return ReadFormat(text, token, lexer.Next(), complete, out insert);
            }

            if (token.Kind == SqlTokenKind.Semicolon || lexer.Is(token, "SELECT"u8) || lexer.Is(token, "WITH"u8) || lexer.Is(token, "FROM"u8)
                || lexer.Is(token, "WATCH"u8))
            {
                return false;
            }
        }

        return !complete;
    }

    /// <summary>
    /// True where a second statement follows rows that are written as SQL: the engine's reader would leave it out. Looks no further than the part of
    /// the rows that came with the statement.
    /// </summary>
    public bool IsFollowedByStatement(ReadOnlySpan<byte> firstRows)
    {
        if (!Format.Equals("Values", StringComparison.OrdinalIgnoreCase) || firstRows.IndexOf((byte)';') < 0)
        {
            return false;
        }

        var lexer = new SqlLexer(firstRows);
        var ended = false;
        for (var token = lexer.Next(); token.Kind != SqlTokenKind.End; token = lexer.Next())
        {
            if (token.Kind == SqlTokenKind.Semicolon)
            {
                ended = true;
            }
            else if (ended)
            {
                return true;
            }
        }

        return false;
    }

    private static bool ReadFormat(ReadOnlySpan<byte> text, SqlToken keyword, SqlToken name, bool complete, out InsertText? insert)
    {
        insert = null;
        if (!complete && name.End == text.Length)
        {
            return true;
        }

        if (name.Kind != SqlTokenKind.Word)
        {
            return false;
        }

        if (SkipToData(text, name.End, complete) is { } dataStart)
        {
            insert = new InsertText(keyword.Start, dataStart, Name(text, name));
        }

        return true;
    }

    /// <summary>A table may be called <c>values</c> or <c>format</c>: what follows INTO, TABLE, FUNCTION or a dot is a name.</summary>
    private static bool IsName(SqlToken previous, SqlLexer lexer) =>
        previous.Kind is SqlTokenKind.Other or SqlTokenKind.End
        || lexer.Is(previous, "INTO"u8) || lexer.Is(previous, "TABLE"u8) || lexer.Is(previous, "FUNCTION"u8);

    /// <summary>Rows start after the line break that follows the format's name, or else after the spaces.</summary>
    private static int? SkipToData(ReadOnlySpan<byte> text, int position, bool complete)
    {
        while (position < text.Length && text[position] is (byte)' ' or (byte)'\t' or (byte)'\f')
        {
            position++;
        }

        if (position < text.Length && text[position] == '\r')
        {
            position++;
        }

        if (position >= text.Length)
        {
            return complete ? text.Length : null;
        }

        return text[position] == '\n' ? position + 1 : position;
    }
}
