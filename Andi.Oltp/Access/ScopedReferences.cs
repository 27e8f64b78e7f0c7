using Andi.Oltp.Validation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Andi.Oltp.Access;

/// <summary>What a scoped caller's record refers to must lie in the scope, too. PostgreSQL's foreign keys see all rows, so they would not notice.</summary>
internal static class ScopedReferences
{
    /// <exception cref="ProblemException">400 naming the references that are not there for the caller, as those that are nowhere are named.</exception>
    public static async Task CheckAsync(DbContext db, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        foreach (var entry in db.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified).ToList())
        {
            foreach (var key in entry.Metadata.GetForeignKeys().Where(key => key is { IsOwnership: false, Properties.Count: 1 }))
            {
                var property = entry.Property(key.Properties[0].Name);
                if ((entry.State == EntityState.Added || property.IsModified) && property.CurrentValue is string id
                    && !await IsThereAsync(db, key.PrincipalEntityType, id, cancellationToken))
                {
                    errors.Unknown(FieldPath.Of(key.Properties[0]), id);
                }
            }
        }

        errors.ThrowIfAny();
    }

    private static async Task<bool> IsThereAsync(DbContext db, IEntityType type, string id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT EXISTS (SELECT FROM public.{type.GetTableName()} WHERE {type.FindPrimaryKey()!.Properties.Single().GetColumnName()} = $1)",
            (NpgsqlConnection)db.Database.GetDbConnection())
        {
            Parameters = { new() { Value = id } },
        };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
