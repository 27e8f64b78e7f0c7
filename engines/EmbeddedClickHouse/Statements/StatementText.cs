namespace Andi.EmbeddedClickHouse.Statements;

internal enum StatementKind
{
    /// <summary>Nothing but white space and comments, so far.</summary>
    Empty,

    /// <summary>An INSERT whose rows follow in the request: <see cref="StatementText.DataStart"/>.</summary>
    InsertData,

    /// <summary>Everything else; the engine's parser tells what it is.</summary>
    Other,
}

/// <summary>
/// What must be known of a statement before the engine sees it: whether it is an INSERT with rows (then its head ends at
/// <see cref="HeadEnd"/>, its rows start at <see cref="DataStart"/> and have the format <see cref="Format"/>), which output format it names
/// itself, and whether it uses what only a command-line client can do.
/// </summary>
internal sealed record StatementText(StatementKind Kind, int HeadEnd, int DataStart, string? Format, ClientOnlyClause ClientOnly)
{
    /// <summary>
    /// Reads the statement at the start of <paramref name="text"/>. With <paramref name="complete"/> false the text is the first part of a longer
    /// one, and null says that more of it is needed to tell.
    /// </summary>
    public static StatementText? Read(ReadOnlySpan<byte> text, bool complete)
    {
        var lexer = new SqlLexer(text);
        var first = lexer.Next();
        while (first.Kind is SqlTokenKind.Semicolon)
        {
            first = lexer.Next();
        }

        if (first.Kind == SqlTokenKind.End)
        {
            return complete ? new StatementText(StatementKind.Empty, 0, 0, null, ClientOnlyClause.None) : null;
        }

        if (!complete && first.End == text.Length)
        {
            return null;
        }

        return lexer.Is(first, "INSERT"u8) ? ReadInsert(text, lexer, complete) : complete ? ReadOther(text, lexer) : null;
    }

    /// <summary><c>INSERT INTO [TABLE|FUNCTION] … [(columns)] [SETTINGS …] {VALUES | FORMAT name | SELECT … | WATCH …}</c>.</summary>
    private static StatementText? ReadInsert(ReadOnlySpan<byte> text, SqlLexer lexer, bool complete)
    {
        var depth = 0;
        var start = lexer;
        var previous = default(SqlToken);
        for (var token = lexer.Next(); token.Kind != SqlTokenKind.End; previous = token, token = lexer.Next())
        {
            depth += token.Kind switch { SqlTokenKind.Open => 1, SqlTokenKind.Close => -1, _ => 0 };
            if (depth != 0 || token.Kind is not (SqlTokenKind.Word or SqlTokenKind.Semicolon))
            {
                continue;
            }

            if (!complete && token.End == text.Length)
            {
                return null;
            }

            if (lexer.Is(token, "VALUES"u8) && IsAfterTarget(previous, lexer))
            {
                return new StatementText(StatementKind.InsertData, token.Start, token.End, "Values", ClientOnlyClause.None);
            }

            if (lexer.Is(token, "FORMAT"u8) && IsAfterTarget(previous, lexer))
            {
                var name = lexer.Next();
                if (name.Kind != SqlTokenKind.Word || (!complete && name.End == text.Length))
                {
                    return complete ? ReadOther(text, start) : null;
                }

                var dataStart = SkipToData(text, name.End, complete);
                return dataStart is null
                    ? null
                    : new StatementText(
                        StatementKind.InsertData, token.Start, dataStart.Value, System.Text.Encoding.ASCII.GetString(text[name.Start..name.End]), ClientOnlyClause.None);
            }

            if (token.Kind == SqlTokenKind.Semicolon || lexer.Is(token, "SELECT"u8) || lexer.Is(token, "WITH"u8) || lexer.Is(token, "WATCH"u8)
                || lexer.Is(token, "FROM"u8) || lexer.Is(token, "EXPLAIN"u8))
            {
                break;
            }
        }

        return complete ? ReadOther(text, start) : null;
    }

    /// <summary>A table may be called <c>values</c> or <c>format</c>: what follows INTO, TABLE, FUNCTION or a dot is a name.</summary>
    private static bool IsAfterTarget(SqlToken previous, SqlLexer lexer) =>
        previous.Kind is not SqlTokenKind.Other and not SqlTokenKind.End
        && !lexer.Is(previous, "INTO"u8) && !lexer.Is(previous, "TABLE"u8) && !lexer.Is(previous, "FUNCTION"u8);

    /// <summary>Rows start after the line break that follows the format's name, or else after the spaces.</summary>
    private static int? SkipToData(ReadOnlySpan<byte> text, int position, bool complete)
    {
        while (position < text.Length && text[position] is (byte)' ' or (byte)'\t' or (byte)'\f')
        {
            position++;
        }

        if (position < text.Length && text[position] == ';')
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

    private static StatementText ReadOther(ReadOnlySpan<byte> text, SqlLexer lexer)
    {
        string? format = null;
        var clientOnly = ClientOnlyClause.None;
        var depth = 0;
        var previous = default(SqlToken);
        for (var token = lexer.Next(); token.Kind != SqlTokenKind.End; previous = token, token = lexer.Next())
        {
            depth += token.Kind switch { SqlTokenKind.Open => 1, SqlTokenKind.Close => -1, _ => 0 };
            if (depth == 0 && lexer.Is(previous, "FORMAT"u8) && token.Kind == SqlTokenKind.Word)
            {
                format = System.Text.Encoding.ASCII.GetString(text[token.Start..token.End]);
            }
            else if (depth == 0 && lexer.Is(token, "OUTFILE"u8) && lexer.Is(previous, "INTO"u8))
            {
                clientOnly |= ClientOnlyClause.IntoOutfile;
            }
            else if (depth == 0 && lexer.Is(token, "INFILE"u8) && lexer.Is(previous, "FROM"u8))
            {
                clientOnly |= ClientOnlyClause.FromInfile;
            }
            else if (token.Kind == SqlTokenKind.Open && lexer.Is(previous, "input"u8))
            {
                clientOnly |= ClientOnlyClause.Input;
            }
        }

        return new StatementText(StatementKind.Other, text.Length, text.Length, format, clientOnly);
    }
}

/// <summary>Clauses that make the engine's built-in client read or write files or streams of this process: refused.</summary>
[Flags]
internal enum ClientOnlyClause
{
    None = 0,
    IntoOutfile = 1,
    FromInfile = 2,

    /// <summary><c>INSERT … SELECT … FROM input(…)</c>: the server reads the request's body, libchdb would read this process's input.</summary>
    Input = 4,
}
