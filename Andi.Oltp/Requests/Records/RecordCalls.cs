using Andi.Oltp.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Andi.Oltp.Requests.Records;

/// <summary>The four calls on things that are recorded: record, correct, read and remove one.</summary>
/// <param name="plural">As in the path: <c>scores</c>.</param>
/// <param name="thing">One of them, in messages: <c>score</c>.</param>
/// <param name="idField">What its id is called in JSON: <c>scoreId</c>.</param>
internal sealed class RecordCalls<TContext, TRecord, TBody, TSurroundings>(string plural, string thing, string idField)
    where TContext : DbContext
    where TRecord : class, IPlaced
    where TBody : IRecordBody<TContext, TRecord, TSurroundings>
    where TSurroundings : ISurroundings
{
    /// <summary>201; with an id of the caller's that is there already, 200 where the record is the same and 409 where it is another.</summary>
    public async Task<Results<Created<TRecord>, Ok<TRecord>>> PostAsync(
        TBody body, HttpResponse response, WriteTransaction<TContext> write, IdSource ids, CancellationToken cancellationToken)
    {
        Validate(body);
        var id = body.GivenId() ?? ids.Next();
        var (record, created) = await write.RunAsync(
            response,
            async (db, ct) =>
            {
                var now = await body.ReadSurroundingsAsync(db, ct);
                if (now.IsRecorded && await db.Set<TRecord>().FindAsync([id], ct) is { } found)
                {
                    body.Apply(found);
                    return db.Entry(found).State == EntityState.Unchanged
                        ? (found, false)
                        : throw ProblemException.Conflict($"There is another {thing} with id '{id}' already.", idField);
                }

                ThrowIfUnknown(body, now);
                return (db.Add(body.Create(id, now)).Entity, true);
            },
            cancellationToken);
        return created ? TypedResults.Created($"/v1/{plural}/{id}", record) : TypedResults.Ok(record);
    }

    /// <summary>Replaces the record whole; what it took over stays, unless the body names another teacher (or whatever else it is of).</summary>
    public async Task<Ok<TRecord>> PutAsync(
        string id, TBody body, HttpResponse response, WriteTransaction<TContext> write, CancellationToken cancellationToken)
    {
        Validate(body);
        if (body.GivenId() is { } given && given != id)
        {
            throw ProblemException.Invalid(new Dictionary<string, string[]> { [idField] = ["is not the one of the path"] });
        }

        return TypedResults.Ok(await write.RunAsync(
            response,
            async (db, ct) =>
            {
                var record = await FindAsync(db, id, ct);
                if (body.IsOfOthers(record))
                {
                    var now = await body.ReadSurroundingsAsync(db, ct);
                    ThrowIfUnknown(body, now);
                    body.TakeOver(record, now);
                }

                body.Apply(record);
                return record;
            },
            cancellationToken));
    }

    public async Task<Ok<TRecord>> GetAsync(string id, TContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await FindAsync(db, id, cancellationToken));

    public async Task<NoContent> DeleteAsync(string id, HttpResponse response, WriteTransaction<TContext> write, CancellationToken cancellationToken)
    {
        await write.RunAsync(response, async (db, ct) => db.Remove(await FindAsync(db, id, ct)), cancellationToken);
        return TypedResults.NoContent();
    }

    private Task<TRecord> FindAsync(TContext db, string id, CancellationToken cancellationToken) => db.FindKnownAsync<TRecord>(id, thing, cancellationToken);

    private static void Validate(TBody body)
    {
        var errors = new FieldErrors();
        body.Validate(errors);
        errors.ThrowIfAny();
    }

    private static void ThrowIfUnknown(TBody body, TSurroundings now)
    {
        var errors = new FieldErrors();
        body.AddUnknown(errors, now);
        errors.ThrowIfAny();
    }
}
