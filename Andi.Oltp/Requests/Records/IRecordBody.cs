using Microsoft.EntityFrameworkCore;

namespace Andi.Oltp.Requests.Records;

/// <summary>The JSON body of something that is recorded, corrected and removed, and that takes over what it belongs to as of now.</summary>
/// <typeparam name="TContext">The area's context.</typeparam>
/// <typeparam name="TRecord">What it creates or corrects.</typeparam>
/// <typeparam name="TSurroundings">What is taken over, and from where.</typeparam>
public interface IRecordBody<TContext, TRecord, TSurroundings>
    where TContext : DbContext
    where TRecord : class, IPlaced
    where TSurroundings : ISurroundings
{
    /// <summary>The id that the caller gave; null: the server makes one.</summary>
    string? GivenId();

    /// <summary>Adds what is wrong with the body's own fields; the methods below are called only where nothing is.</summary>
    void Validate(FieldErrors errors);

    /// <summary>Reads all that would be taken over, in one query.</summary>
    Task<TSurroundings> ReadSurroundingsAsync(TContext db, CancellationToken cancellationToken);

    /// <summary>Adds the ids that are not known.</summary>
    void AddUnknown(FieldErrors errors, TSurroundings now);

    TRecord Create(string id, TSurroundings now);

    /// <summary>Whether the body names others than those that the record took over from.</summary>
    bool IsOfOthers(TRecord record);

    /// <summary>Takes over again, from those that the body names and the record does not. Called before <see cref="Apply"/>.</summary>
    void TakeOver(TRecord record, TSurroundings now);

    /// <summary>Replaces all but the id and what was taken over.</summary>
    void Apply(TRecord record);
}
