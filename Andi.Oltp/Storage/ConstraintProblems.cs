using Andi.Oltp.Validation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Andi.Oltp.Storage;

/// <summary>
/// Translates a violated constraint for the caller. Requests are validated before they reach the database, so this covers what only the database can
/// know: references, uniqueness, and what was written at the same moment.
/// </summary>
internal static class ConstraintProblems
{
    /// <summary>Null where the failure is none of a constraint.</summary>
    public static ProblemException? From(DbUpdateException exception, IModel model) => PostgresFailures.Postgres(exception) is not { } postgres
        ? null
        : postgres.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation => Duplicate(postgres, model),
            PostgresErrorCodes.RestrictViolation => StillReferenced(postgres),
            PostgresErrorCodes.ForeignKeyViolation when exception.Entries.Any(entry => entry.State == EntityState.Deleted) => StillReferenced(postgres),
            PostgresErrorCodes.ForeignKeyViolation => UnknownReference(exception, postgres, model),
            PostgresErrorCodes.InsufficientPrivilege => OutsideOfScope(),
            PostgresErrorCodes.CheckViolation or PostgresErrorCodes.ExclusionViolation => NotAllowed(postgres),
            _ => null,
        };

    /// <summary>What is to be written would lie in another scope than the caller's.</summary>
    public static ProblemException OutsideOfScope() =>
        new(StatusCodes.Status403Forbidden, "Forbidden.", "What is to be written lies outside of the scope of the token; nothing was written.");

    private static ProblemException Duplicate(PostgresException postgres, IModel model)
    {
        var index = model.GetEntityTypes().SelectMany(type => type.GetIndexes()).FirstOrDefault(index => index.GetDatabaseName() == postgres.ConstraintName);
        var properties = index?.Properties ?? model.GetEntityTypes().Select(type => type.FindPrimaryKey())
            .FirstOrDefault(key => key?.GetName() == postgres.ConstraintName)?.Properties;
        string[] fields = [.. properties?.Select(property => FieldPath.Name(property.Name)) ?? []];
        return ProblemException.Conflict($"There is one with the same {string.Join(", ", fields)} already.", fields);
    }

    private static ProblemException StillReferenced(PostgresException postgres) =>
        ProblemException.Conflict($"It is still referenced by {postgres.TableName}.");

    private static ProblemException UnknownReference(DbUpdateException exception, PostgresException postgres, IModel model)
    {
        var key = model.GetEntityTypes().SelectMany(type => type.GetForeignKeys()).FirstOrDefault(key => key.GetConstraintName() == postgres.ConstraintName);
        return key is null
            ? ProblemException.Conflict($"A row that this one refers to is not there ({postgres.ConstraintName}).")
            : ProblemException.Invalid(key.Properties.ToDictionary(
                property => FieldPath.Of(property), property => new[] { $"is not known{ValueOf(exception, property)}" }));
    }

    private static string ValueOf(DbUpdateException exception, IProperty property) =>
        exception.Entries is [var entry] && entry.Metadata == property.DeclaringType ? $": '{entry.CurrentValues[property]}'" : "";

    // A trigger names the column that its message is about; a CHECK constraint names none.
    private static ProblemException NotAllowed(PostgresException postgres) => postgres.ColumnName is { } column
        ? ProblemException.Invalid(new Dictionary<string, string[]> { [FieldOfColumn(column)] = [postgres.MessageText] })
        : new(StatusCodes.Status400BadRequest, "The request is not valid.", $"The database does not allow this value ({postgres.ConstraintName}).");

    // dimension_scores.algebra is the member algebra of dimensionScores.
    private static string FieldOfColumn(string column)
    {
        var parts = column.Split('.', 2);
        var words = parts[0].Split('_');
        parts[0] = words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return string.Join('.', parts);
    }
}
