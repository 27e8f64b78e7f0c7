namespace Andi.Cli.Check.Offsets;

/// <summary>A partition as the ledger knows it.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="Partition">Its number.</param>
/// <param name="Applied">The last offset that is applied; −1 before the first.</param>
/// <param name="DeadLetters">Offsets that could not be ingested, and whether each has been replayed since.</param>
internal sealed record LedgerPartition(string Topic, int Partition, long Applied, IReadOnlyDictionary<long, bool> DeadLetters)
{
    public override string ToString() => $"{Topic} [{Partition}]";
}
