using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Andi.Oltp.Validation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Andi.Oltp.Records;

/// <summary>
/// Entity tags of records, and the conditions on them that a request may make (RFC 9110, 13). A tag is made of what the record contains, so it is the same
/// whichever way the record was written, and after a restore.
/// </summary>
internal static class EntityTag
{
    private const int HashBytes = 16;

    public static EntityTagHeaderValue Of<TRecord>(TRecord record)
    {
        var content = JsonSerializer.SerializeToNode(record, JsonSerializerOptions.Web);
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Canonical(content)));
        return new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(hash.AsSpan(0, HashBytes))}\"");
    }

    /// <summary>Sets the header <c>ETag</c>.</summary>
    public static TRecord Tagged<TRecord>(this HttpResponse response, TRecord record)
    {
        response.GetTypedHeaders().ETag = Of(record);
        return record;
    }

    /// <summary>The record with its ETag; 304 where the caller has it already, as <c>If-None-Match</c> of a GET says.</summary>
    public static Results<Ok<TRecord>, StatusCodeHttpResult> Answer<TRecord>(this HttpContext http, TRecord record)
    {
        var tag = Of(record);
        http.Response.GetTypedHeaders().ETag = tag;
        return Matches(http.Request.GetTypedHeaders().IfNoneMatch, tag, useStrongComparison: false)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(record);
    }

    /// <summary>
    /// The row of an id; null where there is none, or the text cannot be an id. It is locked until the transaction's end where the request's conditions
    /// depend on it, and where it has parts in a table of their own: else two who replace the list at once would leave a mixture of both.
    /// </summary>
    /// <exception cref="ProblemException">412: the record is not as <c>If-Match</c> or <c>If-None-Match</c> say.</exception>
    public static async Task<TRecord?> FindToWriteAsync<TRecord>(this DbContext db, string id, HttpRequest request, CancellationToken cancellationToken)
        where TRecord : class
    {
        if (TextRules.Id.Check(Encoding.UTF8.GetBytes(id)) is not null)
        {
            return null;
        }

        var headers = request.GetTypedHeaders();
        var isConditional = headers.IfMatch.Count > 0 || headers.IfNoneMatch.Count > 0;
        var type = db.Model.FindEntityType(typeof(TRecord))!;
        if (isConditional || type.GetNavigations().Any(part => part.TargetEntityType.IsOwned()))
        {
            // A statement of its own: one that waits for the lock and reads the parts would read them as they were before it waited.
            var key = type.FindPrimaryKey()!.Properties.Single().GetColumnName();
            var sql = $"SELECT FROM public.{type.GetTableName()} WHERE {key} = {{0}} FOR UPDATE";
            await db.Database.ExecuteSqlRawAsync(sql, [id], cancellationToken);
        }

        var found = await db.Set<TRecord>().FindAsync([id], cancellationToken);
        if (!isConditional)
        {
            return found;
        }

        var tag = found is null ? null : Of(found);
        if (headers.IfMatch.Count > 0 && !(tag is not null && Matches(headers.IfMatch, tag, useStrongComparison: true)))
        {
            throw Failed(tag is null ? "If-Match names a version, and there is no such record." : $"The record has changed since; its ETag is {tag}.");
        }

        if (headers.IfNoneMatch.Count > 0 && tag is not null && Matches(headers.IfNoneMatch, tag, useStrongComparison: false))
        {
            throw Failed("There is such a record already.");
        }

        return found;
    }

    private static bool Matches(IList<EntityTagHeaderValue> given, EntityTagHeaderValue tag, bool useStrongComparison) =>
        given.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison));

    private static ProblemException Failed(string detail) => new(StatusCodes.Status412PreconditionFailed, "Precondition failed.", detail);

    // What PostgreSQL gives back may have its members in another order, and numbers with zeros at their end.
    private static JsonNode? Canonical(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(
            member => KeyValuePair.Create(member.Key, Canonical(member.Value)))),
        JsonValue value when value.TryGetValue<decimal>(out var number) => JsonValue.Create(number / 1.0000000000000000000000000000m),
        _ => node?.DeepClone(),
    };
}
