using System.Diagnostics;

namespace Andi.Oltp.ChangeCapture.Source;

/// <summary>Why PostgreSQL does not send every change of a table whole, and how its owner mends that.</summary>
/// <param name="Reason">What is wrong, as the end of a sentence about the table.</param>
/// <param name="Remedy">The statement to run.</param>
internal sealed record CaptureFlaw(string Reason, string Remedy)
{
    private const string Refused = "so PostgreSQL refuses every UPDATE and DELETE";

    /// <param name="code">As <c>publication.sql</c> calls it.</param>
    /// <param name="table">With its schema.</param>
    /// <param name="publication">Which publication.</param>
    /// <param name="part">The virtual column or the partition that is the trouble, quoted as SQL needs it; null where it is the table itself.</param>
    public static CaptureFlaw Of(string code, string table, string publication, string? part = null) => code switch
    {
        "no primary key" => new("has no primary key", $"ALTER TABLE {table} ADD PRIMARY KEY (...)"),
        "replica identity" => new("does not log its old rows whole", $"ALTER TABLE {table} REPLICA IDENTITY FULL"),
        "replica identity of a partition" => new(
            $"has a partition, {part}, which does not log its old rows whole", $"ALTER TABLE {part} REPLICA IDENTITY FULL"),
        "partitions" => new(
            $"is partitioned and in publication {publication}, which sends its changes under the names of its partitions",
            $"ALTER PUBLICATION {publication} SET (publish_via_partition_root = true)"),
        "operations" => new(
            $"is in publication {publication}, which leaves out some kinds of changes",
            $"ALTER PUBLICATION {publication} SET (publish = 'insert, update, delete, truncate')"),
        "row filter" => new($"is in publication {publication} with a row filter", Again(table, publication)),
        "column list" => new($"is in publication {publication} with some of its columns only", Again(table, publication)),
        "stored column" => new(
            $"has a generated column and is in publication {publication}, which leaves those out, {Refused}",
            $"ALTER PUBLICATION {publication} SET (publish_generated_columns = stored)"),
        "virtual column" => new(
            $"has a virtual column, {part}, which cannot be published, {Refused}; a STORED one can",
            $"ALTER TABLE {table} DROP COLUMN {part}"),
        "not published" => new($"is not in publication {publication}", $"ALTER PUBLICATION {publication} ADD TABLE {table}"),
        _ => throw new UnreachableException($"publication.sql knows a flaw '{code}' that nothing is said about."),
    };

    public override string ToString() => $"{Reason}. Remedy: {Remedy}";

    private static string Again(string table, string publication) =>
        $"ALTER PUBLICATION {publication} DROP TABLE {table}; ALTER PUBLICATION {publication} ADD TABLE {table}";
}
