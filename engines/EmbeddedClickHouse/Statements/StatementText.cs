using System.Text;

namespace Andi.EmbeddedClickHouse.Statements;

/// <summary>What must be known of a statement before the engine sees it.</summary>
internal abstract record StatementText
{
    /// <summary>
    /// Reads the statement at the start of <paramref name="text"/>. With <paramref name="complete"/> false the text is the first part of a
    /// longer one, and null says that more of it is needed to tell.
    /// </summary>
    public static StatementText? Read(ReadOnlySpan<byte> text, bool complete)
    {
        var lexer = new SqlLexer(text);
        var first = lexer.Next();
        while (first.Kind == SqlTokenKind.Semicolon)
        {
            first = lexer.Next();
        }

        if (!complete && first.End == text.Length)
        {
            return null;
        }

        if (lexer.Is(first, "INSERT"u8) && InsertText.Read(text, lexer, complete, out var insert))
        {
            return insert;
        }

        return !complete ? null : first.Kind == SqlTokenKind.End && first.Start == text.Length ? new EmptyText() : PlainText.Read(text, first, lexer);
    }

    private protected static string Name(ReadOnlySpan<byte> text, SqlToken token) => Encoding.ASCII.GetString(text[token.Start..token.End]);
}

/// <summary>Nothing but white space and comments.</summary>
internal sealed record EmptyText : StatementText;
