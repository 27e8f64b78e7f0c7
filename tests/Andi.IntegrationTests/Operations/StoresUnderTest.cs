namespace Andi.IntegrationTests.Operations;

/// <summary>The stores of an Andi with all their tables, for the tests of a class; neither relay nor ingestor runs.</summary>
public sealed class StoresUnderTest(EnginesFixture engines) : IAsyncLifetime
{
    public AndiUnderTest Andi { get; } = new(engines) { HasServices = false };

    public ValueTask InitializeAsync() => Andi.InitializeAsync();

    public ValueTask DisposeAsync() => Andi.DisposeAsync();
}
