using Andi.ChangeEvents;
using Andi.Ingestor.Ledger;

namespace Andi.Ingestor.Landing;

/// <summary>
/// The warehouse as the protocol sees it: inserts that change nothing when they are repeated with the same token while it is remembered, and that are
/// refused once their owner's fencing token is revoked. ClickHouse in the product, a model in the simulation.
/// </summary>
internal interface ILandingStore
{
    /// <summary>
    /// From when this returns on, rows of the partition and generation are refused whose fencing token is older than the owner's. Never undone; those that the
    /// ledger already records as revoked are skipped.
    /// </summary>
    Task RevokeAsync(LandingTable table, PartitionOwnership ownership, CancellationToken cancellationToken);

    /// <summary>Inserts the rows, and with them everything that views derive.</summary>
    /// <param name="rows">To be inserted, as one block.</param>
    /// <param name="token">Names the rows: the same token always comes with the same rows in the same order.</param>
    /// <param name="cancellationToken">Gives the insert up; whether it arrived is then unknown.</param>
    /// <exception cref="RefusedRowsException">The warehouse refuses some of the rows for what they contain; nothing arrived.</exception>
    Task InsertAsync(LandingBatch rows, string token, CancellationToken cancellationToken);

    /// <summary>Inserts what makes the sum of all that the partition has landed below the truncation's offset nothing.</summary>
    Task RetractAllAsync(LandingTable table, PartitionOwnership ownership, Truncation truncation, string token, CancellationToken cancellationToken);
}

/// <summary>
/// The warehouse refuses rows for what they contain, and with them their whole insert. Where their offsets are noted, the batch can be made again without them.
/// </summary>
internal sealed class RefusedRowsException(IReadOnlyDictionary<long, string> reasons, Exception? cause = null)
    : Exception($"The warehouse refuses {reasons.Count} event(s) of the batch, which is made again without them: {reasons.Values.First()}", cause)
{
    /// <summary>Why, by the offset of the event; never empty.</summary>
    public IReadOnlyDictionary<long, string> Reasons => reasons;
}

/// <summary>A TRUNCATE at its place in a batch.</summary>
/// <param name="Change">Position and times of the event.</param>
/// <param name="Offset">Of the event's message: what the partition landed below it is taken back.</param>
internal sealed record Truncation(ChangeEvent Change, long Offset);
