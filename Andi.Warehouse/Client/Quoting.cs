namespace Andi.Warehouse.Client;

/// <summary>Names of tables and columns cannot be bound as parameters are; they are quoted.</summary>
public static class Identifier
{
    /// <summary>The name in backticks, whatever characters it has.</summary>
    public static string Quote(string name) =>
        $"`{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`";
}

/// <summary>Text inside of statements whose parts cannot be bound as parameters: DDL and mutations.</summary>
public static class TextLiteral
{
    /// <summary>The text in single quotes, whatever characters it has.</summary>
    public static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
