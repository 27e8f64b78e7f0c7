using System.Text;

namespace Andi.EmbeddedClickHouse.Statements;

/// <summary>A statement that has no rows behind it. The engine's parser tells what it is; this is what it does not tell.</summary>
/// <param name="MayBeSelect">It starts as a SELECT does.</param>
/// <param name="OutputFormat">The format it names itself, or null.</param>
/// <param name="OutputClauseAt">Where <c>INTO OUTFILE</c> belongs: before its FORMAT clause, or at its end.</param>
/// <param name="End">Behind its last token, closing semicolons left out.</param>
/// <param name="ClientOnly">What it uses that only a command-line client can do.</param>
internal sealed record PlainText(bool MayBeSelect, string? OutputFormat, int OutputClauseAt, int End, ClientOnlyClause ClientOnly) : StatementText
{
    public static PlainText Read(ReadOnlySpan<byte> text, SqlToken first, SqlLexer lexer)
    {
        var mayBeSelect = first.Kind == SqlTokenKind.Open || lexer.Is(first, "SELECT"u8) || lexer.Is(first, "WITH"u8) || lexer.Is(first, "FROM"u8);
        var clientOnly = ClientOnlyClause.None;
        var end = first.End;
        var depth = first.Kind == SqlTokenKind.Open ? 1 : 0;
        SqlToken format = default, formatName = default;
        SqlToken before = default, previous = first;
        for (var token = lexer.Next(); token.Kind != SqlTokenKind.End; before = previous, previous = token, token = lexer.Next())
        {
            depth += token.Kind switch { SqlTokenKind.Open => 1, SqlTokenKind.Close => -1, _ => 0 };
            end = token.Kind == SqlTokenKind.Semicolon ? end : token.End;
            if (depth == 0)
            {
                clientOnly |= Clause(lexer, previous, token);
                if (EndsFormat(lexer, token) && previous.Kind == SqlTokenKind.Word && lexer.Is(before, "FORMAT"u8))
                {
                    (format, formatName) = (before, previous);
                }
            }
            else if (token.Kind == SqlTokenKind.Open && lexer.Is(previous, "input"u8))
            {
                clientOnly |= ClientOnlyClause.Input;
            }
        }

        if (previous.Kind == SqlTokenKind.Word && lexer.Is(before, "FORMAT"u8))
        {
            (format, formatName) = (before, previous);
        }

        return formatName.End > 0
            ? new PlainText(mayBeSelect, Name(text, formatName), format.Start, end, clientOnly)
            : new PlainText(mayBeSelect, null, end, end, clientOnly);
    }

    /// <summary>The statement with its result going to a file: <c>… INTO OUTFILE 'path' APPEND FORMAT name …</c>.</summary>
    public byte[] WithOutput(ReadOnlySpan<byte> text, string path, string defaultFormat) =>
    [
        .. text[..OutputClauseAt],
        .. Encoding.UTF8.GetBytes($"\nINTO OUTFILE {SqlLiteral.Quote(path)} APPEND {(OutputFormat is null ? $"FORMAT {defaultFormat}" : "")}\n"),
        .. text[OutputClauseAt..End],
    ];

    /// <summary>Only at the end of a statement is <c>format name</c> a clause; before it could be a column and its alias.</summary>
    private static bool EndsFormat(SqlLexer lexer, SqlToken token) => token.Kind == SqlTokenKind.Semicolon || lexer.Is(token, "SETTINGS"u8);

    private static ClientOnlyClause Clause(SqlLexer lexer, SqlToken previous, SqlToken token) =>
        lexer.Is(token, "OUTFILE"u8) && lexer.Is(previous, "INTO"u8) ? ClientOnlyClause.IntoOutfile
        : lexer.Is(token, "INFILE"u8) && lexer.Is(previous, "FROM"u8) ? ClientOnlyClause.FromInfile
        : ClientOnlyClause.None;
}

/// <summary>Clauses that make the engine's built-in client use files or streams of this process: refused.</summary>
[Flags]
internal enum ClientOnlyClause
{
    None = 0,
    IntoOutfile = 1,
    FromInfile = 2,

    /// <summary><c>INSERT … SELECT … FROM input(…)</c>: a server reads the request's body, libchdb would read this process's own input.</summary>
    Input = 4,
}
