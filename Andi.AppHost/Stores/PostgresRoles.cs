using Andi.Topology;
using Npgsql;

namespace Andi.AppHost.Stores;

/// <summary>
/// Makes the databases and the roles that programs connect as, as the server's superuser, before anything migrates. What rows a role may use is granted by the
/// migrations, whose role owns the tables. See docs/security-of-stores.md.
/// </summary>
/// <param name="passwords">Of each of <see cref="DatabaseRoles"/>: letters and digits.</param>
internal sealed class PostgresRoles(Func<string, string> passwords)
{
    private const string Nothing = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS";

    // Bypassing policies is not a way around them here: the WAL holds every row anyway.
    private static readonly (string Role, string Attributes, string[] Databases)[] Roles =
    [
        (DatabaseRoles.Migrator, "NOSUPERUSER NOCREATEDB CREATEROLE NOREPLICATION NOBYPASSRLS", [ConnectionNames.Oltp, ConnectionNames.Ingest]),
        (DatabaseRoles.OltpApi, Nothing, [ConnectionNames.Oltp]),
        (DatabaseRoles.Relay, "NOSUPERUSER NOCREATEDB NOCREATEROLE REPLICATION BYPASSRLS", [ConnectionNames.Oltp, ConnectionNames.Ingest]),
        (DatabaseRoles.Ledger, Nothing, [ConnectionNames.Ingest]),
        (DatabaseRoles.Analytics, Nothing, [ConnectionNames.Oltp, ConnectionNames.Ingest]),
    ];

    /// <param name="connection">Of the superuser, to any database but those.</param>
    /// <param name="databases">Made where they are missing.</param>
    /// <param name="cancellationToken">Ends it between two statements; it can be repeated.</param>
    public async Task MakeAsync(NpgsqlConnection connection, IReadOnlyCollection<string> databases, CancellationToken cancellationToken)
    {
        // A password is no text for the server's log. Names and passwords are this project's own, of letters, digits and underscores: none needs quoting, and
        // neither could be a parameter.
        await RunAsync("SET log_min_duration_statement = -1; SET log_statement = 'none'; SET log_min_error_statement = 'panic'");
        foreach (var (role, attributes, _) in Roles)
        {
            await RunAsync($"""
                DO $$ BEGIN IF to_regrole('{role}') IS NULL THEN CREATE ROLE {role}; END IF; END $$;
                ALTER ROLE {role} LOGIN {attributes} PASSWORD '{passwords(role)}'
                """);
        }

        // Also tables that an administrator makes and adds to the publication.
        await RunAsync($"GRANT pg_read_all_data TO {DatabaseRoles.Relay}");
        foreach (var database in databases)
        {
            await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection)
            {
                Parameters = { new() { Value = database } },
            };
            if (await exists.ExecuteScalarAsync(cancellationToken) is null)
            {
                await RunAsync($"CREATE DATABASE {database} OWNER {DatabaseRoles.Migrator}");
            }

            var admitted = Roles.Where(role => role.Databases.Contains(database)).Select(role => role.Role);
            await RunAsync($"REVOKE ALL ON DATABASE {database} FROM PUBLIC; GRANT CONNECT ON DATABASE {database} TO {string.Join(", ", admitted)}");
        }

        if (databases.Contains(ConnectionNames.Oltp))
        {
            // Imports stage their rows in temporary tables.
            await RunAsync($"GRANT TEMPORARY ON DATABASE {ConnectionNames.Oltp} TO {DatabaseRoles.OltpApi}");
        }

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
