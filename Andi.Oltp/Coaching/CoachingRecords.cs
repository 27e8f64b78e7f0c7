using Andi.Oltp.Imports.Batches;
using Andi.Oltp.Imports.Staging;
using Andi.Oltp.Requests.Records;
using Andi.Oltp.Storage;

namespace Andi.Oltp.Coaching;

/// <summary>The calls on what is recorded of teachers: one at a time, and in batches.</summary>
internal static class CoachingRecords
{
    /// <summary>Maps <c>POST /v1/{path}</c>, <c>POST /v1/{path}/batch</c>, and <c>PUT</c>, <c>GET</c> and <c>DELETE /v1/{path}/{id}</c>.</summary>
    /// <param name="v1">The group <c>/v1</c>.</param>
    /// <param name="path">For example <c>ciq-sessions</c>.</param>
    /// <param name="thing">One of them, in messages: <c>session</c>.</param>
    /// <param name="table">Where they are, and what their import is called.</param>
    /// <param name="id">The key, in JSON and in the table.</param>
    public static void MapRecords<TRecord, TBody>(this IEndpointRouteBuilder v1, string path, string thing, string table, (string Field, string Column) id)
        where TRecord : class, IPlaced
        where TBody : CoachingBody<TRecord>
    {
        var calls = new RecordCalls<CoachingDbContext, TRecord, TBody, TeacherSurroundings>(path, thing, id.Field);
        var group = v1.MapGroup("").WithTags(path);

        // No literals: the framework's analyzer of routes crashes where the path is one and a handler's parameter is of a type parameter (until .NET 11).
        var (all, one) = ($"/{path}", $"/{path}/{{id}}");
        group.MapPost(all, (TBody body, HttpContext http, WriteTransaction<CoachingDbContext> write, IdSource ids, CancellationToken cancellationToken) =>
                calls.PostAsync(body, http.Response, write, ids, cancellationToken))
            .WithName($"post-{path}")
            .WithSummary($"Record a {thing}.")
            .WithDescription(
                $"School, district and state are filled in from the teacher as of now. With a {id.Field} of the caller's, a repeated request is answered 200 and changes nothing.")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPut(one, (string id, TBody body, HttpContext http, WriteTransaction<CoachingDbContext> write, CancellationToken cancellationToken) =>
                calls.PutAsync(id, body, http.Response, write, cancellationToken))
            .WithName($"put-{path}")
            .WithSummary($"Correct a {thing}.")
            .WithDescription("Replaces it whole. School, district and state stay as recorded, unless the correction names another teacher.")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet(one, (string id, CoachingDbContext db, CancellationToken cancellationToken) => calls.GetAsync(id, db, cancellationToken))
            .WithName($"get-{path}")
            .WithSummary($"Read a {thing}.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete(one, (string id, HttpContext http, WriteTransaction<CoachingDbContext> write, CancellationToken cancellationToken) =>
                calls.DeleteAsync(id, http.Response, write, cancellationToken))
            .WithName($"delete-{path}")
            .WithSummary($"Remove a {thing}.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapRecordBatch<TRecord, TBody>(path, new BatchTarget(table, path, PlacedTable.IdsSql(table, id.Column)), id.Field);
    }

    private static void MapRecordBatch<TRecord, TBody>(this IEndpointRouteBuilder group, string path, BatchTarget target, string idField)
        where TRecord : class, IPlaced
        where TBody : CoachingBody<TRecord> => group
        .MapPost($"/{path}/batch", async (List<TBody?> batch, string? mode, HttpContext http, BatchWrite write, CancellationToken cancellationToken) =>
            TypedResults.Created((string?)null, await write.RunAsync(target, batch, mode, http.Response, cancellationToken)))
        .WithName($"post-{path}-batch")
        .WithSummary("Record up to 10,000, all or none.")
        .WithDescription(
            $"Errors are listed by index: [3].teacherId is that of the fourth. mode=upsert replaces the one of the same {idField}; one that names none is always new.")
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status409Conflict);
}
