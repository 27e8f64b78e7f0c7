namespace Andi.Warehouse.Client;

/// <summary>A statement with everything that goes with one call of it.</summary>
/// <param name="Sql">One statement, without a FORMAT clause where rows are read.</param>
public sealed record ClickHouseStatement(string Sql)
{
    /// <summary>What telemetry calls the statement, for instance <c>classroom_scores</c>; default: its first word.</summary>
    public string? Name { get; init; }

    /// <summary>Values of the statement's <c>{name:Type}</c> places.</summary>
    public ClickHouseParameters Parameters { get; init; } = [];

    /// <summary>ClickHouse settings for this call only.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = NoSettings;

    /// <summary>Default: <see cref="ClickHouseOptions.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    internal static readonly IReadOnlyDictionary<string, string> NoSettings = new Dictionary<string, string>();
}
