namespace Andi.Warehouse.Migrations;

/// <summary>A file of statements, each ended by a semicolon at the end of a line.</summary>
public static class SqlScript
{
    /// <summary>
    /// The statements without their semicolons, comments kept, in order. A semicolon inside quotes or a comment, or one followed by more on its line,
    /// ends nothing; what holds only comments is no statement.
    /// </summary>
    /// <exception cref="FormatException">A quote or a block comment does not end, or the last statement has no semicolon.</exception>
    public static IReadOnlyList<string> Split(string text)
    {
        var statements = new List<string>();
        var start = 0;
        var hasCode = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '-' when Next(text, i) == '-':
                    i = EndOfLine(text, i);
                    break;
                case '/' when Next(text, i) == '*':
                    var end = text.IndexOf("*/", i + 2, StringComparison.Ordinal);
                    i = end < 0 ? throw new FormatException("A block comment does not end.") : end + 1;
                    break;
                case '\'' or '"' or '`':
                    i = EndOfQuote(text, i);
                    hasCode = true;
                    break;
                case ';' when text.AsSpan(i + 1, EndOfLine(text, i) - i - 1).IsWhiteSpace():
                    if (hasCode)
                    {
                        statements.Add(text[start..i].Trim());
                    }

                    start = i + 1;
                    hasCode = false;
                    break;
                default:
                    hasCode |= !char.IsWhiteSpace(text[i]);
                    break;
            }
        }

        return hasCode ? throw new FormatException("The last statement is not ended by a semicolon at the end of a line.") : statements;
    }

    private static char Next(string text, int at) => at + 1 < text.Length ? text[at + 1] : '\0';

    private static int EndOfLine(string text, int from)
    {
        var end = text.IndexOf('\n', from);
        return end < 0 ? text.Length : end;
    }

    private static int EndOfQuote(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == text[start])
            {
                return i;
            }
        }

        throw new FormatException($"A quote ({text[start]}) does not end.");
    }
}
