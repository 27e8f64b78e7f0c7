namespace Andi.Ingestor.Ownership;

/// <summary>What the ledger notes of a batch that is in the warehouse.</summary>
/// <param name="Progress">Where the partition is now.</param>
/// <param name="Inserts">How many inserts the batch took: ClickHouse remembers a bounded number of their tokens.</param>
/// <param name="Failed">Messages that could not be ingested, by offset, with the reason; those of earlier batches whose replay failed again, too.</param>
/// <param name="Replayed">Offsets of dead letters that were ingested after all, or that a truncate has made pointless.</param>
internal sealed record AppliedBatch(PartitionProgress Progress, int Inserts, IReadOnlyDictionary<long, string> Failed, IReadOnlyCollection<long> Replayed);
