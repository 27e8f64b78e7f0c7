using Andi.Oltp.Validation;
using Andi.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Andi.Oltp.Access;

/// <summary>
/// A system that writes (<see cref="Roles.Service"/>) reads back what it wrote, and nothing else. Who wrote a row last stands in the audit log, with the id of
/// the transaction, which PostgreSQL keeps in each row; so no row needs a column for it, and an import of a million rows no million entries. In a restored
/// database rows have other transactions, and a system reads what it has written since.
/// </summary>
internal static class WrittenByCaller
{
    // A row and the entry that tells of it have one xmin, that of their transaction, or of the savepoint behind which an import writes; of that the audit log
    // has the transaction, whose id is a little lower. xmin is the lower half of an id, and no row is 2^32 transactions old.
    private const string Sql = """
        SELECT EXISTS (
            SELECT
            FROM public.{0} AS written,
                pg_snapshot_xmax(pg_current_snapshot()) AS next,
                LATERAL (SELECT next::text::bigint - ((next::text::bigint - written.xmin::text::bigint) & 4294967295)) AS own (xid),
                audit.entries AS entry
            WHERE written.{1} = $1
                AND entry.transaction_id BETWEEN greatest(own.xid - 1000000, 3)::text::xid8 AND own.xid::text::xid8
                AND entry.xmin = written.xmin
                AND entry.caller = $2)
        """;

    /// <exception cref="ProblemException">404, as of an id that there is not.</exception>
    public static async Task CheckAsync<T>(DbContext db, Caller caller, string id, string thing, CancellationToken cancellationToken)
        where T : class
    {
        if (caller.Role != Roles.Service)
        {
            return;
        }

        var type = db.Model.FindEntityType(typeof(T))!;
        var key = type.FindPrimaryKey()!.Properties.Single().GetColumnName();
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            var sql = Sql.Replace("{0}", type.GetTableName(), StringComparison.Ordinal).Replace("{1}", key, StringComparison.Ordinal);
            await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection())
            {
                Parameters = { new() { Value = id }, new() { Value = caller.Subject } },
            };
            if (!(bool)(await command.ExecuteScalarAsync(cancellationToken))!)
            {
                throw ProblemException.NotFound(thing, id);
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
