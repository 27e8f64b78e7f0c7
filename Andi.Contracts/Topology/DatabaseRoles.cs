namespace Andi.Topology;

/// <summary>
/// The login roles of PostgreSQL that each program connects as, where the server is Andi's own. What each may do is in docs/security-of-stores.md. A server of
/// the user's own may have one role for all.
/// </summary>
public static class DatabaseRoles
{
    /// <summary>Owns both databases and their tables, and makes roles for groups; nobody else changes the shape of a table.</summary>
    public const string Migrator = "andi_migrator";

    /// <summary>The write API: rows of the areas' tables, and temporary tables. Policies on rows hold for it.</summary>
    public const string OltpApi = "andi_oltp_api";

    /// <summary>The change relay: reads all rows and the WAL, writes only its own schema and the announcements in the ledger.</summary>
    public const string Relay = "andi_relay";

    /// <summary>The ingestor: the rows of the ledger.</summary>
    public const string Ledger = "andi_ledger";

    /// <summary>The read API: reads the ledger; notes reads in the audit log, and reads it.</summary>
    public const string Analytics = "andi_analytics";
}
