namespace Andi.Warehouse.Client;

/// <summary>Text inside of statements whose parts cannot be bound as parameters: DDL and mutations.</summary>
public static class TextLiteral
{
    /// <summary>The text in single quotes, whatever characters it has.</summary>
    public static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
