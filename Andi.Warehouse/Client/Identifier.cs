namespace Andi.Warehouse.Client;

/// <summary>Names of tables and columns cannot be bound as parameters are; they are quoted.</summary>
public static class Identifier
{
    /// <summary>The name in backticks, whatever characters it has.</summary>
    public static string Quote(string name) =>
        $"`{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`";
}
