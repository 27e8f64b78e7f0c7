using System.Security.Cryptography;
using System.Text;
using Andi.Security;
using Andi.Topology;
using Npgsql;

namespace Andi.Oltp.Access;

/// <summary>
/// Has PostgreSQL keep to the policy: a group role for each role with rules (<c>andi_teacher</c>), its grants, and row-level security on the tables. A table
/// with rules shows nothing to roles that have none: services that need all rows are its owner or members of <see cref="Unscoped"/>.
/// </summary>
internal static class TableAccess
{
    /// <summary>The group role whose members see and change all rows.</summary>
    public const string Unscoped = "andi_unscoped";

    private const string PolicyPrefix = "andi_";
    private const int Attempts = 5;

    /// <summary>The group role of PostgreSQL that the write API takes for a caller's role.</summary>
    public static string DatabaseRole(string role) => PolicyPrefix + role;

    /// <summary>Brings roles, grants and policies to what the rules say; changes nothing where they are that already.</summary>
    /// <param name="session">In the database, of a role that owns the tables and may create roles where they are missing.</param>
    /// <param name="schema">Its comment notes what was applied.</param>
    public static async Task ApplyAsync(NpgsqlConnection session, string schema, IReadOnlyList<TableRule> rules, CancellationToken cancellationToken)
    {
        var hasNewRole = false;
        foreach (var role in rules.Select(rule => DatabaseRole(rule.Role)).Distinct())
        {
            hasNewRole |= await AddRoleAsync(session, role, "INHERIT FALSE, SET TRUE", cancellationToken);
        }

        hasNewRole |= await AddRoleAsync(session, Unscoped, "INHERIT TRUE, SET TRUE", cancellationToken);

        var statements = string.Join('\n', Statements(rules));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(statements)));
        await using var noted = new NpgsqlCommand($"SELECT obj_description('{schema}'::regnamespace, 'pg_namespace')", session);
        if (!hasNewRole && await noted.ExecuteScalarAsync(cancellationToken) as string == hash)
        {
            return;
        }

        await using var transaction = await session.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(session, $"{DropPolicies}\n{statements}\nCOMMENT ON SCHEMA {schema} IS '{hash}'", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private const string DropPolicies = $"""
        DO $$
        DECLARE policy record;
        BEGIN
            FOR policy IN
                SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public' AND starts_with(policyname, '{PolicyPrefix}')
            LOOP
                EXECUTE format('DROP POLICY %I ON public.%I', policy.policyname, policy.tablename);
            END LOOP;
        END $$;
        """;

    private static IEnumerable<string> Statements(IReadOnlyList<TableRule> rules)
    {
        foreach (var table in rules.Where(rule => rule.Rows is not null).Select(rule => rule.Table).Distinct())
        {
            yield return $"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY;";
            yield return $"CREATE POLICY {PolicyPrefix}all ON public.{table} TO {Unscoped} USING (true) WITH CHECK (true);";
        }

        foreach (var role in rules.Where(rule => rule.Actions.HasFlag(Actions.Write)).Select(rule => DatabaseRole(rule.Role)).Distinct())
        {
            // What is written is noted in the audit log, in the same transaction; and imports stage their rows in temporary tables.
            yield return $"GRANT USAGE ON SCHEMA audit TO {role}; GRANT INSERT ON audit.entries TO {role};";
            yield return $"""
                DO $$ BEGIN
                    IF NOT has_database_privilege('{role}', current_database(), 'TEMPORARY') THEN
                        EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO {role}', current_database());
                    END IF;
                END $$;
                """;
        }

        foreach (var same in rules.GroupBy(rule => (rule.Role, rule.Table)))
        {
            var role = DatabaseRole(same.Key.Role);
            var isWritten = same.Any(rule => rule.Actions.HasFlag(Actions.Write));
            yield return $"REVOKE ALL ON public.{same.Key.Table} FROM {role};";
            yield return $"GRANT SELECT{(isWritten ? ", INSERT, UPDATE, DELETE" : "")} ON public.{same.Key.Table} TO {role};";
            foreach (var (number, rule) in same.Where(rule => rule.Rows is not null).Index())
            {
                var policy = $"CREATE POLICY {role}_{number} ON public.{rule.Table}";
                yield return rule.Actions.HasFlag(Actions.Write)
                    ? $"{policy} TO {role} USING ({rule.Rows}) WITH CHECK ({rule.Rows});"
                    : $"{policy} FOR SELECT TO {role} USING ({rule.Rows});";
            }
        }
    }

    // Roles belong to the whole cluster, whose databases may be migrated at the same moment; to the one that comes second, PostgreSQL says so.
    private static async Task<bool> AddRoleAsync(NpgsqlConnection session, string role, string membership, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var find = new NpgsqlCommand(
                    $"""
                    SELECT coalesce(bool_and(pg_has_role(member.oid, role.oid, 'SET')), false)
                    FROM pg_roles AS role, pg_roles AS member
                    WHERE role.rolname = '{role}' AND member.rolname IN (current_user, '{DatabaseRoles.Migrator}', '{DatabaseRoles.OltpApi}')
                    """,
                    session);
                if ((bool)(await find.ExecuteScalarAsync(cancellationToken))!)
                {
                    return false;
                }

                await ExecuteAsync(
                    session,
                    $"""
                    DO $$
                    DECLARE member name;
                    BEGIN
                        IF to_regrole('{role}') IS NULL THEN CREATE ROLE {role} NOLOGIN; END IF;
                        FOR member IN SELECT rolname FROM pg_roles WHERE rolname IN (current_user, '{DatabaseRoles.OltpApi}') LOOP
                            EXECUTE format('GRANT {role} TO %I WITH {membership}', member);
                        END LOOP;
                        -- Another database of this server may have another migrator.
                        IF to_regrole('{DatabaseRoles.Migrator}') <> to_regrole(current_user) THEN
                            GRANT {role} TO {DatabaseRoles.Migrator} WITH ADMIN TRUE, {membership};
                        END IF;
                    END $$
                    """,
                    cancellationToken);
                return true;
            }
            catch (PostgresException exception) when (attempt < Attempts && IsOfAnother(exception))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                throw new InvalidOperationException(
                    $"The role that migrates may not create the group role {role}. Let a superuser run: CREATE ROLE {role} NOLOGIN; "
                    + $"GRANT {role} TO <the role that migrates and the one of the write API> WITH {membership}",
                    exception);
            }
        }
    }

    private static bool IsOfAnother(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.InternalError;

    private static async Task ExecuteAsync(NpgsqlConnection session, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
