using Npgsql;
using NpgsqlTypes;

namespace Andi.Audit;

/// <summary>What was done.</summary>
public static class AuditVerbs
{
    public const string Create = "create";
    public const string Replace = "replace";
    public const string Delete = "delete";
    public const string Import = "import";
    public const string Read = "read";
    public const string Erase = "erase";
}

/// <summary>One call that wrote something, or that was answered with rows of people. It names ids, never names.</summary>
/// <param name="Caller">Who did it, and by which endpoint.</param>
/// <param name="Verb">One of <see cref="AuditVerbs"/>.</param>
/// <param name="Resource">What was written or read, as paths and imports call it.</param>
public sealed record AuditEntry(AuditCaller Caller, string Verb, string Resource)
{
    /// <summary>The records that were written.</summary>
    public AuditIds Records { get; init; } = AuditIds.None;

    /// <summary>The people whose rows were written or answered.</summary>
    public AuditIds Subjects { get; init; } = AuditIds.None;

    /// <summary>Rows written; of a read, people whose rows were answered.</summary>
    public long Count { get; init; }

    /// <summary>What else is to be known: the mode and the profile of an import.</summary>
    public string? Detail { get; init; }

    /// <summary>Of a read: the position of the answer. A write's is filled in when it is sealed.</summary>
    public string? ReadPosition { get; init; }

    private const string InsertSql = """
        INSERT INTO audit.entries (
            caller, role, scope, token_id, verb, resource, record_ids, record_keys, subject_ids, subject_keys, row_count, endpoint, detail, trace_id,
            read_position)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """;

    /// <summary>The statement that adds it, for the transaction of the write that it tells of.</summary>
    public NpgsqlBatchCommand Insert() => new(InsertSql)
    {
        Parameters =
        {
            Text(Caller.Name), Text(Caller.Role), Text(Caller.Scope), Text(Caller.TokenId), Text(Verb), Text(Resource),
            Array(Records.Ids, NpgsqlDbType.Text), Array(Records.Keys, NpgsqlDbType.Bytea),
            Array(Subjects.Ids, NpgsqlDbType.Text), Array(Subjects.Keys, NpgsqlDbType.Bytea),
            new() { Value = Count, NpgsqlDbType = NpgsqlDbType.Bigint },
            Text(Caller.Endpoint), Text(Detail), Text(Caller.TraceId), Text(ReadPosition),
        },
    };

    private static NpgsqlParameter Text(string? text) => new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Array(object values, NpgsqlDbType type) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
