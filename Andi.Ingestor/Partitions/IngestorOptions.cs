using System.ComponentModel.DataAnnotations;

namespace Andi.Ingestor.Partitions;

/// <summary>Settings of consuming and of batches, section <c>Ingestor</c>.</summary>
public sealed class IngestorOptions
{
    /// <summary>Kafka consumer group; the ingestors of one warehouse share it. Default <c>andi-ingestor</c>.</summary>
    [Required]
    public string Group { get; set; } = "andi-ingestor";

    /// <summary>Rows of a batch at most: larger batches make fewer, larger parts, and cost memory. Default 100,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxBatchRows { get; set; } = 100_000;

    /// <summary>Bytes of event text in a batch at most. Default 64 MiB.</summary>
    [Range(1_024, 1_073_741_824)]
    public long MaxBatchBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How long a row waits for company, where the insert before does not make it wait longer. Default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan MaxBatchAge { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long after a partition's insert has begun its next one does at the earliest, unless a batch is full before. An insert costs the warehouse the
    /// same for one row as for hundreds, and merging its parts as much again. Default 300 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan MinInsertInterval { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// How long a row waits at most while Kafka is known to have enough events to fill its batch: while there is a backlog, larger batches are what makes it
    /// shorter. Default 2 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan MaxBacklogBatchAge { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Rows of all open batches together at most; partitions pause beyond that. Default 400,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxOpenRows { get; set; } = 400_000;

    /// <summary>How long Kafka waits for a silent ingestor before its partitions go to another. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:06", "00:05:00")]
    public TimeSpan SessionTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait between two tries of the same batch; it grows from 200 ms by doubling. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long shutdown waits for the batches that are under way. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
