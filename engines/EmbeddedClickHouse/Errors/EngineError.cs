namespace Andi.EmbeddedClickHouse.Errors;

internal static class EngineError
{
    /// <summary>Throws what the engine told, if it told an error.</summary>
    public static void Demand(string? error)
    {
        if (error is not null)
        {
            throw ClickHouseException.FromEngine(error);
        }
    }
}
