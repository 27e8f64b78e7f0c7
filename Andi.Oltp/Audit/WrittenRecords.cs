using Andi.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Andi.Oltp.Audit;

/// <summary>Whose rows records are.</summary>
/// <param name="subjects">By type of the record: the people that a row is of. Types that are missing are of nobody.</param>
public sealed class WrittenRecords(IReadOnlyDictionary<Type, Func<object, IEnumerable<string>>> subjects)
{
    /// <summary>What a context is about to write, as an entry of the log. Also a record that is the same as before counts as one that was asked for.</summary>
    /// <exception cref="InvalidOperationException">The context has no record.</exception>
    public AuditEntry Describe(DbContext db, AuditCaller caller)
    {
        db.ChangeTracker.DetectChanges();
        var all = db.ChangeTracker.Entries().ToList();
        var records = all.Where(one => !one.Metadata.IsOwned()).ToList();
        if (records.Count == 0)
        {
            throw new InvalidOperationException($"{caller.Endpoint} writes, and nothing says what.");
        }

        var verb = records.Any(one => one.State == EntityState.Added) ? AuditVerbs.Create
            : records.Any(one => one.State == EntityState.Deleted) ? AuditVerbs.Delete
            : AuditVerbs.Replace;
        return new AuditEntry(caller, verb, records[0].Metadata.GetTableName()!)
        {
            Records = AuditIds.Of(records.Select(KeyOf)),
            Subjects = AuditIds.Of(all.SelectMany(SubjectsOf).Distinct(StringComparer.Ordinal)),
            Count = all.Count(one => one.State is not EntityState.Unchanged),
        };
    }

    private static string KeyOf(EntityEntry record) => (string)record.Metadata.FindPrimaryKey()!.Properties.Single().GetGetter().GetClrValue(record.Entity)!;

    // Before and after: a correction may make it another person's.
    private IEnumerable<string> SubjectsOf(EntityEntry row)
    {
        if (!subjects.TryGetValue(row.Metadata.ClrType, out var of))
        {
            return [];
        }

        var now = of(row.Entity);
        return row.State == EntityState.Modified ? now.Concat(of(row.OriginalValues.ToObject())) : now;
    }
}
