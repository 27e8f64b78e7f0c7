using Npgsql;

namespace Andi.Oltp.Storage;

/// <summary>Which failures of PostgreSQL mean what.</summary>
internal static class PostgresFailures
{
    /// <summary>The database cannot be reached, refuses connections, or no connection of the pool was free in time.</summary>
    public static bool IsUnavailable(Exception exception) => Innermost(exception) switch
    {
        PostgresException postgres => postgres.SqlState is
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections,
        NpgsqlException => true,
        _ => false,
    };

    /// <summary>
    /// Worth another attempt of the whole transaction: a deadlock, a serialization failure, or a row of the same key inserted at the same moment.
    /// </summary>
    public static bool IsRetryable(Exception exception) => Postgres(exception) is { } postgres
        && (postgres.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            || (postgres.SqlState == PostgresErrorCodes.UniqueViolation && postgres.ConstraintName?.StartsWith("pk_", StringComparison.Ordinal) == true));

    /// <summary>
    /// PostgreSQL refuses every UPDATE and DELETE of a table while its old rows, which are logged whole, have a generated column that is not published.
    /// </summary>
    public static bool IsRefusedForCapture(Exception exception) =>
        Postgres(exception) is { SqlState: PostgresErrorCodes.InvalidColumnReference, Routine: "CheckCmdReplicaIdentity" };

    public static PostgresException? Postgres(Exception exception) => Innermost(exception) as PostgresException;

    // EF Core wraps it in DbUpdateException, its retrying strategies in others. A PostgresException has no inner one; an NpgsqlException may
    // have the socket's.
    private static Exception? Innermost(Exception? exception)
    {
        while (exception is not null and not NpgsqlException)
        {
            exception = exception.InnerException;
        }

        return exception;
    }
}
