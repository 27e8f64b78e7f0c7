using Microsoft.EntityFrameworkCore.Migrations;

namespace Andi.Oltp.Storage;

/// <summary>What a migration says to have the changes of its tables flow to the warehouse.</summary>
public static class ChangeCaptureMigrationExtensions
{
    /// <summary>The logical replication publication that the change relay reads.</summary>
    public const string Publication = "andi";

    /// <summary>
    /// Adds <paramref name="tables"/> (schema <c>public</c>) to the publication, creating it where it is not there yet, and has PostgreSQL log their old
    /// rows whole: a correction downstream takes back exactly what it replaces. Stored generated columns are published, as else PostgreSQL would refuse to
    /// change a table that has one; changes of a partitioned table are published under its own name. Ends when the table is dropped; there is nothing to undo.
    /// </summary>
    public static void CaptureChanges(this MigrationBuilder migration, params ReadOnlySpan<string> tables)
    {
        migration.Sql($"""
            DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = '{Publication}') THEN
                    CREATE PUBLICATION {Publication} WITH (publish_generated_columns = stored, publish_via_partition_root = true);
                END IF;
            END $$;
            """);
        foreach (var table in tables)
        {
            migration.Sql($"ALTER TABLE public.{table} REPLICA IDENTITY FULL; ALTER PUBLICATION {Publication} ADD TABLE public.{table};");
        }
    }
}
