using Andi.Oltp.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Andi.Oltp.Requests;

/// <summary>The three calls on things whose id the caller gives: create or replace, read, delete.</summary>
public static class KeyedEndpoints
{
    /// <summary>Maps <c>PUT</c>, <c>GET</c> and <c>DELETE /v1/{plural}/{id}</c>.</summary>
    /// <param name="v1">The group <c>/v1</c>.</param>
    /// <param name="plural">As in the path: <c>districts</c>.</param>
    /// <param name="thing">One of them, in messages: <c>district</c>.</param>
    public static void MapKeyed<TContext, TEntity, TBody>(this IEndpointRouteBuilder v1, string plural, string thing)
        where TContext : DbContext
        where TEntity : class
        where TBody : IKeyedBody<TEntity>
    {
        var path = $"/{plural}/{{id}}";
        var group = v1.MapGroup("").WithTags(plural);
        group.MapPut(path, (string id, TBody body, HttpContext http, WriteTransaction<TContext> write, CancellationToken cancellationToken) =>
                PutAsync<TContext, TEntity, TBody>(id, body, http, write, cancellationToken))
            .WithName($"put-{thing}")
            .WithSummary($"Create or replace the {thing} of this id.")
            .WithDescription("Doing it again changes nothing. Header Andi-Position of the answer is the position of the write.")
            .ProducesValidationProblem();
        group.MapGet(path, (string id, TContext db, CancellationToken cancellationToken) => GetAsync<TContext, TEntity>(id, thing, db, cancellationToken))
            .WithName($"get-{thing}")
            .WithSummary($"Read a {thing}.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete(path, (string id, HttpContext http, WriteTransaction<TContext> write, CancellationToken cancellationToken) =>
                DeleteAsync<TContext, TEntity>(id, thing, http, write, cancellationToken))
            .WithName($"delete-{thing}")
            .WithSummary($"Delete a {thing} that nothing refers to.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<TEntity>, Created<TEntity>>> PutAsync<TContext, TEntity, TBody>(
        string id, TBody body, HttpContext http, WriteTransaction<TContext> write, CancellationToken cancellationToken)
        where TContext : DbContext
        where TEntity : class
        where TBody : IKeyedBody<TEntity>
    {
        var errors = new FieldErrors();
        errors.Text("id", id, TextRules.Id);
        body.Validate(errors);
        errors.ThrowIfAny();
        var (entity, created) = await write.RunAsync(
            http.Response,
            async (db, ct) =>
            {
                if (await db.Set<TEntity>().FindAsync([id], ct) is { } found)
                {
                    body.Apply(found);
                    return (found, false);
                }

                return (db.Add(body.Create(id)).Entity, true);
            },
            cancellationToken);
        return created ? TypedResults.Created(http.Request.Path, entity) : TypedResults.Ok(entity);
    }

    private static async Task<Ok<TEntity>> GetAsync<TContext, TEntity>(string id, string thing, TContext db, CancellationToken cancellationToken)
        where TContext : DbContext
        where TEntity : class =>
        TypedResults.Ok(await db.FindKnownAsync<TEntity>(id, thing, cancellationToken));

    private static async Task<NoContent> DeleteAsync<TContext, TEntity>(
        string id, string thing, HttpContext http, WriteTransaction<TContext> write, CancellationToken cancellationToken)
        where TContext : DbContext
        where TEntity : class
    {
        await write.RunAsync(http.Response, async (db, ct) => db.Remove(await db.FindKnownAsync<TEntity>(id, thing, ct)), cancellationToken);
        return TypedResults.NoContent();
    }
}
