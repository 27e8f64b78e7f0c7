namespace Andi.IntegrationTests;

/// <summary>
/// Tests that run after the others, one by one: they take a store away, change a server's settings, measure time, or hold a transaction open for long,
/// which every slot that is being made in any database of the server waits for.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
