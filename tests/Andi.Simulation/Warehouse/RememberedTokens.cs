namespace Andi.Simulation.Warehouse;

/// <summary>The deduplication tokens that one table remembers: the last so many.</summary>
internal sealed class RememberedTokens(int window)
{
    private readonly Queue<string> _tokens = new();

    public bool Contains(string token) => _tokens.Contains(token);

    /// <summary>False where the token is known: the block is a repeat.</summary>
    public bool Remember(string token)
    {
        if (_tokens.Contains(token))
        {
            return false;
        }

        _tokens.Enqueue(token);
        if (_tokens.Count > window)
        {
            _tokens.Dequeue();
        }

        return true;
    }
}
