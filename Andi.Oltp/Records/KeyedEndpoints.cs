using System.Text;
using Andi.Oltp.Access;
using Andi.Oltp.Storage;
using Andi.Oltp.Validation;
using Andi.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Andi.Oltp.Records;

/// <summary>The calls on things whose id the caller gives: create or replace, read, delete, list.</summary>
internal static class KeyedEndpoints
{
    /// <summary>Maps <c>PUT</c>, <c>GET</c> and <c>DELETE /v1/{table}/{id}</c>, and the list <c>GET /v1/{table}</c>.</summary>
    /// <param name="v1">The group <c>/v1</c>.</param>
    /// <param name="thing">A single record in messages: <c>test</c>.</param>
    public static void MapKeyed<TContext, TBody, TEntity>(this IEndpointRouteBuilder v1, FieldList<TBody, TEntity> fields, string thing)
        where TContext : DbContext
        where TBody : class
        where TEntity : class
    {
        var path = $"/{fields.Table}/{{id}}";
        var group = v1.MapGroup("").WithTags(fields.Table);
        group.MapPut(path, (string id, TBody body, HttpContext http, WriteTransaction<TContext> write, CancellationToken cancellationToken) =>
                PutAsync(fields, id, body, http, write, cancellationToken))
            .WithName($"put-{thing}")
            .Needs(Actions.Write, fields.Table)
            .WithSummary($"Create or replace the {thing} of this id.")
            .WithDescription(
                "Doing it again changes nothing. Header Andi-Position of the answer is the position of the write. With If-Match and the ETag of a version only "
                + "that version is replaced, with If-None-Match: * nothing is; else 412.");
        var get = group.MapGet(path, (string id, HttpContext http, TContext db, CancellationToken cancellationToken) =>
                GetAsync<TContext, TEntity>(id, thing, http, db, cancellationToken))
            .WithName($"get-{thing}")
            .Needs(Actions.Read, fields.Table)
            .WithSummary($"Read a {thing}.");
        get.ReadsRowsOf(fields);
        group.MapDelete(path, (string id, HttpContext http, WriteTransaction<TContext> write, CancellationToken cancellationToken) =>
                DeleteAsync<TContext, TEntity>(id, thing, http, write, cancellationToken))
            .WithName($"delete-{thing}")
            .Needs(Actions.Write, fields.Table)
            .WithSummary($"Delete a {thing} that nothing refers to.");
        v1.MapList<TContext, TBody, TEntity>(fields, fields.Table);
    }

    /// <summary>The row of an id that came with a request's path, for its caller to read.</summary>
    /// <exception cref="ProblemException">404: there is none for this caller, or the text cannot be an id.</exception>
    public static async Task<T> FindKnownAsync<T>(this DbContext db, HttpContext http, string id, string thing, CancellationToken cancellationToken)
        where T : class
    {
        if (TextRules.Id.Check(Encoding.UTF8.GetBytes(id)) is not null || await db.Set<T>().FindAsync([id], cancellationToken) is not { } row)
        {
            throw ProblemException.NotFound(thing, id);
        }

        await WrittenByCaller.CheckAsync<T>(db, Caller.Of(http.User)!, id, thing, cancellationToken);
        return row;
    }

    private static async Task<Results<Ok<TEntity>, Created<TEntity>>> PutAsync<TContext, TBody, TEntity>(
        FieldList<TBody, TEntity> fields, string id, TBody body, HttpContext http, WriteTransaction<TContext> write, CancellationToken cancellationToken)
        where TContext : DbContext
        where TBody : class
        where TEntity : class
    {
        var errors = new FieldErrors();
        errors.Text("id", id, TextRules.Id);
        if (fields.KeyOf(body) is { } given && given != id)
        {
            errors.Add(fields.Key.Name, "is not the one of the path");
        }

        fields.Validate(body, errors);
        errors.ThrowIfAny();
        var (entity, created) = await write.RunAsync(
            http.Response,
            async (db, ct) =>
            {
                if (await db.FindToWriteAsync<TEntity>(id, http.Request, ct) is { } found)
                {
                    fields.Apply(body, found);
                    return (found, false);
                }

                return (db.Add(fields.Create(id, body)).Entity, true);
            },
            cancellationToken);
        http.Response.Tagged(entity);
        return created ? TypedResults.Created(http.Request.Path, entity) : TypedResults.Ok(entity);
    }

    private static async Task<Results<Ok<TEntity>, StatusCodeHttpResult>> GetAsync<TContext, TEntity>(
        string id, string thing, HttpContext http, TContext db, CancellationToken cancellationToken)
        where TContext : DbContext
        where TEntity : class =>
        http.Answer(await db.FindKnownAsync<TEntity>(http, id, thing, cancellationToken));

    private static async Task<NoContent> DeleteAsync<TContext, TEntity>(
        string id, string thing, HttpContext http, WriteTransaction<TContext> write, CancellationToken cancellationToken)
        where TContext : DbContext
        where TEntity : class
    {
        await write.RunAsync(
            http.Response,
            async (db, ct) => db.Remove(await db.FindToWriteAsync<TEntity>(id, http.Request, ct) ?? throw ProblemException.NotFound(thing, id)),
            cancellationToken);
        return TypedResults.NoContent();
    }
}
