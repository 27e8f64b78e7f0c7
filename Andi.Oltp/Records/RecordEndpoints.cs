using Andi.Oltp.Storage;
using Andi.Oltp.Validation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Andi.Oltp.Records;

/// <summary>What a record refers to, as it is now, read in one query.</summary>
public interface IReferencedIds
{
    /// <summary>Whether there is a record of the body's id already.</summary>
    bool IsRecorded { get; }
}

/// <summary>The JSON body of something that is recorded, corrected and removed, and that takes over columns from what it refers to as of now.</summary>
/// <typeparam name="TContext">The area's context.</typeparam>
/// <typeparam name="TRecord">What it creates or corrects.</typeparam>
/// <typeparam name="TReferenced">What is taken over, and from where.</typeparam>
public interface IRecordBody<TContext, TRecord, TReferenced>
    where TContext : DbContext
    where TRecord : class
    where TReferenced : IReferencedIds
{
    /// <summary>The id that the caller gave; null: the server makes one.</summary>
    string? GivenId();

    /// <summary>When what is recorded happened, in UTC; null where the body does not say.</summary>
    DateOnly? HappenedOn();

    /// <summary>Adds what is wrong with the body's own fields; the methods below are called only where nothing is.</summary>
    void Validate(FieldErrors errors);

    Task<TReferenced> ReadReferencedAsync(TContext db, CancellationToken cancellationToken);

    /// <summary>Adds the ids that are not known.</summary>
    void AddUnknown(FieldErrors errors, TReferenced now);

    TRecord Create(string id, TReferenced now);

    /// <summary>Whether the body refers to other rows than those that the record took over from.</summary>
    bool RefersToOthers(TRecord record);

    /// <summary>Takes over again where the body refers to another row than the record. Called before <see cref="Apply"/>.</summary>
    void TakeOver(TRecord record, TReferenced now);

    /// <summary>Replaces all but the id and what was taken over.</summary>
    void Apply(TRecord record);
}

/// <summary>The four calls on things that are recorded: record, correct, read and remove one.</summary>
/// <param name="plural">As in the path.</param>
/// <param name="thing">A single record in messages.</param>
/// <param name="idField">The name of its id in JSON.</param>
internal sealed class RecordCalls<TContext, TRecord, TBody, TReferenced>(string plural, string thing, string idField)
    where TContext : DbContext
    where TRecord : class
    where TBody : IRecordBody<TContext, TRecord, TReferenced>
    where TReferenced : IReferencedIds
{
    /// <summary>201; with an id of the caller's that is there already, 200 where the record is the same and 409 where it is another.</summary>
    public async Task<Results<Created<TRecord>, Ok<TRecord>>> PostAsync(
        TBody body, HttpResponse response, WriteTransaction<TContext> write, IdSource ids, CancellationToken cancellationToken)
    {
        Validate(body, isNew: true);
        var id = body.GivenId() ?? ids.Next();
        var (record, created) = await write.RunAsync(
            response,
            async (db, ct) =>
            {
                var now = await body.ReadReferencedAsync(db, ct);
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
        response.WarnOfOldDate(body.HappenedOn());
        response.Tagged(record);
        return created ? TypedResults.Created($"/v1/{plural}/{id}", record) : TypedResults.Ok(record);
    }

    /// <summary>Replaces the record whole; what it took over stays, unless the body refers to another row.</summary>
    public async Task<Ok<TRecord>> PutAsync(
        string id, TBody body, HttpContext http, WriteTransaction<TContext> write, CancellationToken cancellationToken)
    {
        Validate(body, isNew: false);
        if (body.GivenId() is { } given && given != id)
        {
            throw ProblemException.Invalid(new Dictionary<string, string[]> { [idField] = ["is not the one of the path"] });
        }

        var written = await write.RunAsync(
            http.Response,
            async (db, ct) =>
            {
                var record = await FindToWriteAsync(db, id, http, ct);
                if (body.RefersToOthers(record))
                {
                    var now = await body.ReadReferencedAsync(db, ct);
                    ThrowIfUnknown(body, now);
                    body.TakeOver(record, now);
                }

                body.Apply(record);
                return record;
            },
            cancellationToken);
        http.Response.WarnOfOldDate(body.HappenedOn());
        return TypedResults.Ok(http.Response.Tagged(written));
    }

    public async Task<Results<Ok<TRecord>, StatusCodeHttpResult>> GetAsync(string id, HttpContext http, TContext db, CancellationToken cancellationToken) =>
        http.Answer(await db.FindKnownAsync<TRecord>(http, id, thing, cancellationToken));

    public async Task<NoContent> DeleteAsync(string id, HttpContext http, WriteTransaction<TContext> write, CancellationToken cancellationToken)
    {
        await write.RunAsync(http.Response, async (db, ct) => db.Remove(await FindToWriteAsync(db, id, http, ct)), cancellationToken);
        return TypedResults.NoContent();
    }

    private async Task<TRecord> FindToWriteAsync(TContext db, string id, HttpContext http, CancellationToken cancellationToken) =>
        await db.FindToWriteAsync<TRecord>(id, http.Request, cancellationToken) ?? throw ProblemException.NotFound(thing, id);

    private static void Validate(TBody body, bool isNew)
    {
        var errors = new FieldErrors();
        body.Validate(errors);
        if (isNew)
        {
            IgnoredMembers.Refuse(body, errors);
        }

        errors.ThrowIfAny();
    }

    private static void ThrowIfUnknown(TBody body, TReferenced now)
    {
        var errors = new FieldErrors();
        body.AddUnknown(errors, now);
        errors.ThrowIfAny();
    }
}
