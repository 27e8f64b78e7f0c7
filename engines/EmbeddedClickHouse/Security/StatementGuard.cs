using System.Collections.Frozen;
using System.Text;
using Andi.EmbeddedClickHouse.Errors;
using Andi.EmbeddedClickHouse.Native;
using Andi.EmbeddedClickHouse.Statements;
using Microsoft.Extensions.Options;

namespace Andi.EmbeddedClickHouse.Security;

/// <summary>
/// Refuses what the engine's own access control lets through: libchdb is made for one trusted user of its own machine. Reading tables and using table
/// functions is not among it: roles and grants decide on those.
/// </summary>
internal sealed class StatementGuard(IOptions<EmbeddedClickHouseOptions> options)
{
    // An ordinary function that reads files of this machine; only in lower case, and File is what backups are written to.
    private const string FileFunction = "file";

    // Functions that call a service, load code, or touch a file before their grant is looked at; and what backups could be written to but folders.
    private static readonly FrozenSet<string> Functions = new[]
    {
        "sqlite", "catboostEvaluate", "aiGenerate", "aiClassify", "aiEmbed", "aiExtract", "aiTranslate", "s3", "azureBlobStorage",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Engines = new[]
    {
        "Memory", "Null", "Set", "Join", "Log", "TinyLog", "StripeLog", "Buffer", "Merge", "GenerateRandom", "Atomic",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Words behind a column that is called engine.
    private static readonly FrozenSet<string> NoEngines = new[]
    {
        "FROM", "AS", "IN", "NOT", "LIKE", "ILIKE", "IS", "AND", "OR", "BETWEEN", "ASC", "DESC", "ORDER", "GROUP", "LIMIT", "END", "THEN", "ELSE", "WHEN",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly bool _filesAllowed = options.Value.AllowedSources.Contains("FILE", StringComparer.OrdinalIgnoreCase);
    private readonly bool _anyAllowed = options.Value.AllowedSources.Length > 0;

    /// <summary>Throws error 497 where the user may not run a statement of this kind. What does not parse is left to the engine to word.</summary>
    public static void DemandKind(User user, ChdbConnection connection, ReadOnlySpan<byte> text)
    {
        if (!user.IsNamed)
        {
            return;
        }

        var (statements, kind) = connection.Analyse(text);
        if (statements > 1)
        {
            throw ClickHouseException.Of(ErrorCode.SyntaxError, "Syntax error (Multi-statements are not allowed)");
        }

        // SET ROLE, EXECUTE AS, SYSTEM and INTO OUTFILE are of neither kind.
        if (kind is not (StatementAnalysis.ReadOnly or StatementAnalysis.Unparsed) && (user.ReadOnly || kind != StatementAnalysis.Writing))
        {
            throw Denied(user.ReadOnly ? $"the user {user.Name} only reads" : $"the user {user.Name} reads and writes, and nothing else");
        }
    }

    /// <summary>Throws error 497 where the text, or a setting of the request, reaches beyond the data folder.</summary>
    public void Demand(ReadOnlySpan<byte> text, bool mayBeSelect, IEnumerable<KeyValuePair<string, string>> settings)
    {
        if (_filesAllowed)
        {
            return;
        }

        foreach (var (name, _) in settings)
        {
            DemandSetting(name);
        }

        var lexer = new SqlLexer(text);
        SqlToken beforePrevious = default, previous = default, token = lexer.Next();
        while (token.Kind != SqlTokenKind.End)
        {
            var next = lexer.Next();
            if (token.Kind == SqlTokenKind.Other && text[token.Start] >= 0x80)
            {
                throw Denied("characters beyond ASCII are for texts and quoted names");
            }

            if (token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedIdentifier)
            {
                var name = NameOf(text, token);
                DemandSetting(name);
                if ((name == FileFunction || Functions.Contains(name)) && !IsColumnOrAlias(text, lexer, previous, next))
                {
                    throw Denied($"{name} reaches beyond the data folder; a column of this name is written with its table before it");
                }

                var isEngine = lexer.Is(previous, "ENGINE"u8) || (lexer.Is(beforePrevious, "ENGINE"u8) && Byte(text, previous) == '=');
                if (!_anyAllowed && !mayBeSelect && isEngine && !IsAllowedEngine(name))
                {
                    throw Denied($"tables and databases of the engine {name} reach beyond the data folder");
                }
            }

            (beforePrevious, previous, token) = (previous, token, next);
        }

        if (token.Start < text.Length)
        {
            throw ClickHouseException.Of(ErrorCode.SyntaxError, "Syntax error: a quote or a comment has no end");
        }
    }

    /// <summary><c>t.file</c>, <c>AS file</c>, <c>file.column</c> and <c>{file:Type}</c>, but no call.</summary>
    private static bool IsColumnOrAlias(ReadOnlySpan<byte> text, SqlLexer lexer, SqlToken previous, SqlToken next) =>
        next.Kind != SqlTokenKind.Open
        && (Byte(text, previous) == '.' || lexer.Is(previous, "AS"u8) || Byte(text, next) is (byte)'.' or (byte)':');

    private static bool IsAllowedEngine(string name) =>
        Engines.Contains(name) || NoEngines.Contains(name) || name.EndsWith("MergeTree", StringComparison.OrdinalIgnoreCase);

    // Their values are paths of files, which formats read: Template would print one.
    private static void DemandSetting(string name)
    {
        if (name.StartsWith("format_template", StringComparison.OrdinalIgnoreCase) || name.StartsWith("format_schema", StringComparison.OrdinalIgnoreCase))
        {
            throw Denied($"the setting {name} names a file");
        }
    }

    private static byte Byte(ReadOnlySpan<byte> text, SqlToken token) => token.Start < token.End ? text[token.Start] : (byte)0;

    /// <summary>The name that the engine will understand; escapes other than of quotes and backslashes could spell any.</summary>
    private static string NameOf(ReadOnlySpan<byte> text, SqlToken token)
    {
        var bytes = text[token.Start..token.End];
        if (token.Kind == SqlTokenKind.Word)
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var name = Encoding.UTF8.GetString(bytes)[1..^1];
        var escaped = name.Replace(@"\\", "", StringComparison.Ordinal).Replace("\\`", "", StringComparison.Ordinal)
            .Replace("\\\"", "", StringComparison.Ordinal);
        return escaped.Contains('\\', StringComparison.Ordinal) ? throw Denied("a name is quoted with escapes that nothing needs") : name;
    }

    private static ClickHouseException Denied(string what) => ClickHouseException.Of(ErrorCode.AccessDenied, $"Not enough privileges: {what}.");
}
