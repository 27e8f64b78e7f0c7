using System.Text.Json;
using Andi.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Andi.Audit;

/// <summary>Metadata of an endpoint whose answers have rows of people: each of its answers is noted in the audit log, with the ids that it has.</summary>
/// <param name="Resource">What is read, as the log calls it.</param>
/// <param name="IdProperty">The property by which answers name these people, at any depth; null where they name none.</param>
/// <param name="Kind">
/// Only objects whose property <c>kind</c> says this are such people, and an answer without one is not noted; null: whatever has the property.
/// </param>
public sealed record PersonalRead(string Resource, string? IdProperty, string? Kind = null);

/// <summary>
/// Notes reads of people's rows before they are answered. In front of everything that may answer: what comes from a cache, and that the caller's copy is
/// still good (304), is noted with the same ids as an answer that was computed.
/// </summary>
public static class PersonalReads
{
    private const string PositionHeader = "Andi-Position";

    /// <summary>Marks an endpoint; several times where its answers may have people of several kinds.</summary>
    /// <param name="resource">As the log calls it: <c>students</c>.</param>
    /// <param name="idProperty">See <see cref="PersonalRead"/>.</param>
    /// <param name="kind">See <see cref="PersonalRead"/>.</param>
    public static TBuilder ReadsPeople<TBuilder>(this TBuilder endpoint, string resource, string? idProperty, string? kind = null)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new PersonalRead(resource, idProperty, kind));

    /// <summary>Has the reads of all endpoints of the group that are marked noted. Comes behind what refuses requests, and before what answers them.</summary>
    public static RouteGroupBuilder NotePersonalReads(this RouteGroupBuilder group) => group.AddEndpointFilter((context, next) =>
        context.HttpContext.GetEndpoint()?.Metadata.GetOrderedMetadata<PersonalRead>() is { Count: > 0 } reads
            ? NoteAsync(reads, context, next)
            : next(context));

    /// <summary>The values of a property, wherever it stands in a JSON text; each once, in the order in which they come.</summary>
    public static IReadOnlyCollection<string> ValuesOf(string property, ReadOnlySpan<byte> json)
    {
        var values = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(property) && reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                values.TryAdd(reader.GetString()!, true);
            }
        }

        return values.Keys;
    }

    /// <summary>The ids of the people whose rows a JSON text has.</summary>
    public static IReadOnlyCollection<string> IdsIn(ReadOnlyMemory<byte> json, PersonalRead read)
    {
        if (read is not { IdProperty: { } property, Kind: { } kind })
        {
            return read.IdProperty is null ? [] : ValuesOf(read.IdProperty, json.Span);
        }

        using var document = JsonDocument.Parse(json);
        return [.. Of(document.RootElement).Distinct(StringComparer.Ordinal)];

        IEnumerable<string> Of(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Of),
            JsonValueKind.Object when element.TryGetProperty("kind", out var of) && of.ValueEquals(kind) => [element.GetProperty(property).GetString()!],
            JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Of(member.Value)),
            _ => [],
        };
    }

    private static async ValueTask<object?> NoteAsync(
        IReadOnlyList<PersonalRead> reads, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        // The condition is looked at here, when it is known whose rows the caller's copy has.
        var http = context.HttpContext;
        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        http.Request.Headers.IfNoneMatch = default;
        var result = await next(context);
        var json = JsonOf(result, http);
        if (json is null)
        {
            return result;
        }

        foreach (var read in reads)
        {
            var ids = IdsIn(json, read);
            if (read.Kind is not null && ids.Count == 0)
            {
                continue;
            }

            await http.RequestServices.GetRequiredService<AuditLog>().AddAsync(new AuditEntry(AuditCaller.Of(http), AuditVerbs.Read, read.Resource)
            {
                Subjects = AuditIds.Of(ids),
                Count = ids.Count,
                ReadPosition = http.Response.Headers[PositionHeader].ToString() is { Length: > 0 } position ? position : null,
            });
        }

        return http.Response.GetTypedHeaders().ETag is { } tag && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, false))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : new StoredAnswer(json);
    }

    // Null where nothing was answered but that it cannot be.
    private static byte[]? JsonOf(object? result, HttpContext http)
    {
        var answer = result is INestedHttpResult nested ? nested.Result : result;
        return answer switch
        {
            StoredAnswer stored => stored.Json,
            IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK } and IValueHttpResult { Value: { } value } => JsonSerializer.SerializeToUtf8Bytes(
                value, value.GetType(), http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions),
            IResult and not IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK } => null,
            _ => throw new InvalidOperationException($"{http.GetEndpoint()?.DisplayName} answers with {answer?.GetType().Name}: nobody can tell whose rows."),
        };
    }
}
