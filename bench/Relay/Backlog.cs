using Andi.Bench.School;
using Andi.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Bench.Relay;

/// <summary>
/// Changes of scores that wait in the WAL, behind a slot that nobody reads from. Whoever is to read them gets a copy of that slot: the very same WAL, again
/// and again.
/// </summary>
internal sealed class Backlog
{
    private const string Start = "bench_start";
    private const int Inserts = 700;
    private const int Updates = 300;

    private static readonly string UpdateSql = EmbeddedSql.Read("Relay/Sql/update_scores.sql");

    private readonly NpgsqlDataSource _database;

    private Backlog(NpgsqlDataSource database, int changes, NpgsqlLogSequenceNumber end) => (_database, Changes, End) = (database, changes, end);

    /// <summary>How many inserts and updates; what else is in the WAL is a begin and a commit for each transaction.</summary>
    public int Changes { get; }

    /// <summary>All of them lie before, and something else, which changes nothing, lies at or behind this LSN.</summary>
    public NpgsqlLogSequenceNumber End { get; }

    /// <summary>Writes the changes, in transactions of 700 scores that are inserted and 300 that are corrected.</summary>
    /// <param name="database">With the people of <paramref name="system"/>.</param>
    /// <param name="system">Whose scores.</param>
    /// <param name="tables">One transaction goes to the first, the next one to the next, and so on around.</param>
    /// <param name="changes">At least so many, in whole transactions.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Backlog> WriteAsync(
        NpgsqlDataSource database, SchoolSystem system, string[] tables, int changes, CancellationToken cancellationToken)
    {
        await ExecuteAsync(database, $"SELECT pg_create_logical_replication_slot('{Start}', 'pgoutput')", cancellationToken);
        var transactions = (changes + Inserts + Updates - 1) / (Inserts + Updates);
        for (var transaction = 0; transaction < transactions; transaction++)
        {
            // Of the corrected scores some are new and some are old, wherever in the table.
            var (round, table) = (transaction / tables.Length, tables[transaction % tables.Length]);
            var (first, corrected) = ((round * Inserts) + 1, (round / 2 * Inserts) + 1);
            await ExecuteAsync(
                database, $"{system.Insert(first, first + Inserts - 1, table)}; {Update(table, corrected, corrected + Updates - 1)}", cancellationToken);
        }

        var end = await EndAsync(database, cancellationToken);
        await ExecuteAsync(database, "CHECKPOINT", cancellationToken);
        return new Backlog(database, transactions * (Inserts + Updates), end);
    }

    /// <summary>Makes a slot before the changes, in place of the one of this name, from which nobody reads any more.</summary>
    public async Task CopySlotAsync(string name, CancellationToken cancellationToken)
    {
        // Whoever read it has gone, but PostgreSQL may not have noticed yet.
        await SlotProgress.UntilAsync(_database, name, progress => progress.Sender == 0, cancellationToken);
        await ExecuteAsync(
            _database,
            $"""
            SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '{name}';
            SELECT pg_copy_logical_replication_slot('{Start}', '{name}')
            """,
            cancellationToken);
    }

    private static string Update(string table, int first, int last) => UpdateSql
        .Replace("@table", table, StringComparison.Ordinal)
        .Replace("@first", $"{first}", StringComparison.Ordinal)
        .Replace("@last", $"{last}", StringComparison.Ordinal);

    private static async Task<NpgsqlLogSequenceNumber> EndAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var end = database.CreateCommand("SELECT pg_current_wal_insert_lsn()");
        var lsn = (NpgsqlLogSequenceNumber)(await end.ExecuteScalarAsync(cancellationToken))!;
        await ExecuteAsync(database, "SELECT pg_logical_emit_message(false, 'bench.end', '', true)", cancellationToken);
        return lsn;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
