namespace Andi.EmbeddedClickHouse.Statements;

internal static class SqlLiteral
{
    /// <summary>A string literal whose value is <paramref name="text"/>, whatever it holds.</summary>
    public static string Quote(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <summary>An identifier, whatever characters it has.</summary>
    public static string QuoteIdentifier(string name) =>
        $"`{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`";
}
