using System.ComponentModel;
using System.Globalization;
using Andi.AnalyticsApi.Problems;
using Andi.AnalyticsApi.Requests;
using Andi.Audit;
using Andi.Security;
using Andi.Sql;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Andi.AnalyticsApi.Audit;

/// <summary>A call that wrote something or was answered with rows of people.</summary>
/// <param name="Sequence">Its place in the hash chain; null for the second until it is sealed.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Sub">Who: the token's sub.</param>
/// <param name="Role">The token's role.</param>
/// <param name="Scope">The teacher, school, district or state that the role is for.</param>
/// <param name="TokenId">The token's jti.</param>
/// <param name="Verb">create, replace, delete, import, read or erase.</param>
/// <param name="Resource">What was written or read, as paths call it.</param>
/// <param name="RecordIds">The records that were written; null in place of one that was erased.</param>
/// <param name="SubjectIds">The people whose rows were written or answered; null in place of one who was erased.</param>
/// <param name="Count">Rows written, or people whose rows were answered.</param>
/// <param name="Endpoint">Why: method and route.</param>
/// <param name="Detail">Mode and profile of an import.</param>
/// <param name="TraceId">Under which the request's spans are found.</param>
/// <param name="TransactionId">The transaction of a write, as change events carry it.</param>
/// <param name="Position">Of a read, that of its answer; of a write, one that covers its commit, at most a moment behind it.</param>
/// <param name="Hash">Of its place in the chain, in hexadecimal.</param>
internal sealed record LoggedCall(
    long? Sequence, DateTimeOffset At, string Sub, string? Role, string? Scope, string? TokenId, string Verb, string Resource, IReadOnlyList<string?> RecordIds,
    IReadOnlyList<string?> SubjectIds, long Count, string Endpoint, string? Detail, string? TraceId, string TransactionId, string? Position, string? Hash);

/// <summary>Which entries are asked for; of several, all must hold.</summary>
internal sealed record AuditLogFilter
{
    [FromQuery(Name = "sub")]
    [Description("Only calls of this caller.")]
    public string? Sub { get; init; }

    [FromQuery(Name = "subject")]
    [Description("Only calls that name this id, as that of a person or of a record.")]
    public string? Subject { get; init; }

    [FromQuery(Name = "resource")]
    [Description("Only of this resource, for example students.")]
    public string? Resource { get; init; }

    [FromQuery(Name = "verb")]
    [Description("Only create, replace, delete, import, read or erase.")]
    public string? Verb { get; init; }

    [FromQuery(Name = "from")]
    [Description("Only from this instant on, ISO 8601 with offset.")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    [Description("Only before this instant, ISO 8601 with offset.")]
    public string? To { get; init; }

    public ProblemHttpResult? Check()
    {
        foreach (var (name, text) in new[] { ("from", From), ("to", To) })
        {
            if (text is not null && Instant(text) is null)
            {
                return Problem.Invalid(name, "must be an instant with its offset, as 2026-01-31T08:00:00Z.");
            }
        }

        return null;
    }

    /// <summary>The conditions of the statement; adds their values.</summary>
    public IEnumerable<string> Conditions(NpgsqlParameterCollection values)
    {
        if (Sub is not null)
        {
            yield return $"entry.caller = {Value(Sub)}";
        }

        if (Subject is not null)
        {
            var ids = Value(new[] { Subject });
            yield return $"(entry.subject_ids @> {ids} OR entry.record_ids @> {ids})";
        }

        if (Resource is not null)
        {
            yield return $"entry.resource = {Value(Resource)}";
        }

        if (Verb is not null)
        {
            yield return $"entry.verb = {Value(Verb)}";
        }

        if (From is not null)
        {
            yield return $"entry.recorded_at >= {Value(Instant(From)!.Value.UtcDateTime)}";
        }

        if (To is not null)
        {
            yield return $"entry.recorded_at < {Value(Instant(To)!.Value.UtcDateTime)}";
        }

        string Value(object value)
        {
            values.AddInOrder(value);
            return string.Create(CultureInfo.InvariantCulture, $"${values.Count}");
        }
    }

    private static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
}

/// <summary><c>GET /v1/audit-log</c>: who wrote or read what.</summary>
internal static class AuditLogEndpoint
{
    private const string Path = "/audit-log";
    private static readonly string Sql = EmbeddedSql.Read("Audit/Sql/audit_log.sql").Replace("{{columns}}", AuditRows.Columns, StringComparison.Ordinal);

    public static void MapAuditLog(this IEndpointRouteBuilder v1) => v1.MapGet(Path, ReadAsync)
        .WithTags("Operations")
        .WithSummary("Who wrote or read what, the newest first.")
        .WithDescription("For administrators. Every write is there, and every answer that had rows of students. Reading the log is noted in it, too.")
        .Needs(Actions.List, "audit log")
        .ReadsPeople("audit-log", idProperty: null);

    private static async Task<Results<Ok<Page<LoggedCall>>, ProblemHttpResult>> ReadAsync(
        [AsParameters] AuditLogFilter filter, [AsParameters] PageRequest page, AuditDatabase database, HttpContext http)
    {
        if ((filter.Check() ?? page.Check<IdCursor>(cursor => cursor.Before > 0)) is { } problem)
        {
            return problem;
        }

        await using var command = database.Source.CreateCommand();
        command.Parameters.AddInOrder(page.Size + 1);
        var conditions = filter.Conditions(command.Parameters).ToList();
        if (page.After<IdCursor>() is { } after)
        {
            command.Parameters.AddInOrder(after.Before);
            conditions.Add(string.Create(CultureInfo.InvariantCulture, $"entry.id < ${command.Parameters.Count}"));
        }

        command.CommandText = Sql.Replace("{{conditions}}", conditions.Count == 0 ? "true" : string.Join(" AND ", conditions), StringComparison.Ordinal);
        var rows = await command.ReadAllAsync(row => (row.ReadEntry().Id, Call: Read(row)), http.RequestAborted);
        var (items, next) = page.Of(rows, row => new IdCursor(row.Id));
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Page<LoggedCall>([.. items.Select(row => row.Call)], next));
    }

    private static LoggedCall Read(NpgsqlDataReader row)
    {
        var entry = row.ReadEntry();
        var isSealed = !row.IsDBNull(AuditRows.ColumnCount);
        return new(
            isSealed ? row.GetInt64(AuditRows.ColumnCount) : null, entry.RecordedAt, entry.Caller, entry.Role, entry.Scope, entry.TokenId, entry.Verb,
            entry.Resource, entry.Records.Ids, entry.Subjects.Ids, entry.Count, entry.Endpoint, entry.Detail, entry.TraceId, entry.TransactionId,
            entry.ReadPosition ?? (isSealed ? row.GetString(AuditRows.ColumnCount + 1) : null),
            isSealed ? Convert.ToHexStringLower(row.GetFieldValue<byte[]>(AuditRows.ColumnCount + 2)) : null);
    }

    /// <summary>Where a page ended.</summary>
    private sealed record IdCursor(long Before);
}
