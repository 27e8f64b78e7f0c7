namespace Andi.Ingestor.Landing;

/// <summary>The columns that every landing table has beside its source table's own; all of them begin with an underscore.</summary>
internal static class MetaColumns
{
    public const string Sign = "_sign";
    public const string Position = "_position";
    public const string TransactionId = "_txid";
    public const string Deleted = "_deleted";
    public const string Generation = "_generation";
    public const string Partition = "_partition";
    public const string Offset = "_offset";
    public const string CommittedAt = "_committed_at";
    public const string IngestedAt = "_ingested_at";
    public const string Unmapped = "_unmapped";
    public const string Fence = "_fence";

    public static readonly IReadOnlyList<string> All =
        [Sign, Position, TransactionId, Deleted, Generation, Partition, Offset, CommittedAt, IngestedAt, Unmapped, Fence];
}
