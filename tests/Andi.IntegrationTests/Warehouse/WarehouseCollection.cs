namespace Andi.IntegrationTests.Warehouse;

/// <summary>The tests that share one ClickHouse.</summary>
[CollectionDefinition(Name)]
public sealed class WarehouseCollection : ICollectionFixture<ClickHouseFixture>
{
    public const string Name = "warehouse";
}
