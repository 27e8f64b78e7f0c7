using System.Text;

namespace Andi.ArchitectureTests.Sources;

/// <summary>
/// The text of a C# file with comments, and with comments and the contents of strings, blanked out; lines keep their numbers. A scanner of tokens, not a
/// compiler: it knows all forms of string literals, and code within interpolations counts as code.
/// </summary>
internal sealed class CSharpText
{
    private readonly string _text;
    private readonly StringBuilder _code;
    private readonly StringBuilder _withoutComments;
    private int _at;

    private CSharpText(string text)
    {
        _text = text;
        (_code, _withoutComments) = (new StringBuilder(text), new StringBuilder(text));
        ScanCode(endsAtBrace: false);
    }

    /// <summary>Neither comments nor what stands in strings.</summary>
    public string Code => _code.ToString();

    /// <summary>Code and strings.</summary>
    public string WithoutComments => _withoutComments.ToString();

    public static CSharpText Of(string text) => new(text);

    private void ScanCode(bool endsAtBrace)
    {
        var depth = 0;
        while (_at < _text.Length)
        {
            var rest = _text.AsSpan(_at);
            if (rest.StartsWith("//"))
            {
                BlankComment(rest.IndexOf('\n') is var end && end < 0 ? rest.Length : end);
            }
            else if (rest.StartsWith("/*"))
            {
                BlankComment(rest.IndexOf("*/") is var end && end < 0 ? rest.Length : end + 2);
            }
            else if (rest[0] == '\'')
            {
                ScanCharacter();
            }
            else if (StringStart(rest) is var (prefix, dollars, quotes, isVerbatim))
            {
                _at += prefix;
                ScanString(dollars, quotes, isVerbatim);
            }
            else
            {
                depth += rest[0] switch { '{' => 1, '}' => -1, _ => 0 };
                if (depth < 0 && endsAtBrace)
                {
                    return;
                }

                _at++;
            }
        }
    }

    // How many characters open a string here, how many of them are $, how many quotes close it, and whether a backslash is an ordinary character in it.
    private static (int Prefix, int Dollars, int Quotes, bool IsVerbatim)? StringStart(ReadOnlySpan<char> rest)
    {
        var marks = rest.IndexOfAnyExcept('$', '@');
        if (marks < 0 || rest[marks] != '"')
        {
            return null;
        }

        var quotes = rest[marks..].IndexOfAnyExcept('"') is var run && run < 0 ? rest.Length - marks : run;
        var closing = quotes >= 3 ? quotes : 1;
        return (marks + closing, rest[..marks].Count('$'), closing, closing >= 3 || rest[..marks].Contains('@'));
    }

    private void ScanString(int dollars, int quotes, bool isVerbatim)
    {
        var close = new string('"', quotes);
        while (_at < _text.Length)
        {
            var rest = _text.AsSpan(_at);
            if (quotes == 1 && isVerbatim && rest.StartsWith("\"\""))
            {
                BlankCode(2);
            }
            else if (rest.StartsWith(close))
            {
                _at += quotes;
                return;
            }
            else if (quotes == 1 && !isVerbatim && rest[0] == '\\')
            {
                BlankCode(2);
            }
            else if (dollars > 0 && rest[0] == '{')
            {
                var braces = rest.IndexOfAnyExcept('{') is var run && run < 0 ? rest.Length : run;
                if (quotes < 3 && braces % 2 == 0)
                {
                    BlankCode(braces);
                    continue;
                }

                BlankCode(braces);
                ScanCode(endsAtBrace: true);
            }
            else
            {
                BlankCode(1);
            }
        }
    }

    private void ScanCharacter()
    {
        var length = _at + 1 < _text.Length && _text[_at + 1] == '\\' ? 2 : 1;
        var end = _text.IndexOf('\'', Math.Min(_text.Length - 1, _at + length + 1));
        BlankCode(end < 0 ? 1 : end + 1 - _at);
    }

    private void BlankComment(int length)
    {
        Blank(_withoutComments, length);
        BlankCode(length);
    }

    private void BlankCode(int length)
    {
        length = Math.Min(length, _text.Length - _at);
        Blank(_code, length);
        _at += length;
    }

    private void Blank(StringBuilder target, int length)
    {
        for (var index = _at; index < Math.Min(_at + length, _text.Length); index++)
        {
            target[index] = _text[index] == '\n' ? '\n' : ' ';
        }
    }
}
