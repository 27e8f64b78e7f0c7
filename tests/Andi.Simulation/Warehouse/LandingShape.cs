using Andi.Ingestor.Landing;

namespace Andi.Simulation.Warehouse;

/// <summary>The landing table of the source's only table, before and after the migration that widens a column.</summary>
internal static class LandingShape
{
    /// <summary>What every landing table has behind its source's columns.</summary>
    public static readonly IReadOnlyList<LandingColumn> Meta =
    [
        new("_sign", "Int8"),
        new("_position", "UInt128"),
        new("_txid", "UInt64"),
        new("_deleted", "UInt8"),
        new("_generation", "UInt32"),
        new("_partition", "UInt16"),
        new("_offset", "Int64"),
        new("_committed_at", "DateTime64(6, 'UTC')"),
        new("_ingested_at", "DateTime64(6, 'UTC')"),
        new("_unmapped", "String"),
        new("_fence", "Int64"),
    ];

    public static readonly LandingTable Narrow = With("Int8");

    public static readonly LandingTable Wide = With("Int64");

    private static LandingTable With(string amount) => new("staging", "things_changes",
    [
        new("id", "String"),
        new("grp", "Int32"),
        new("amount", amount),
        .. Meta,
    ]);
}
