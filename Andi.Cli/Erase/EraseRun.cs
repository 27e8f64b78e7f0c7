using System.Globalization;
using Andi.Cli.Check;
using Andi.Cli.Terminal;
using Andi.Oltp.Areas;
using Andi.Sql;
using Andi.Warehouse.Client;
using Npgsql;

namespace Andi.Cli.Erase;

/// <summary>
/// Erases one person, store by store: PostgreSQL's rows in one transaction, then the warehouse once it has applied that, dead letters, and the files of
/// PostgreSQL. What was done is known by the tombstone, which commits with the rows: cut off anywhere, the next run does the rest.
/// </summary>
/// <param name="ledger">The ingestor's.</param>
/// <param name="warehouse">Where to.</param>
/// <param name="stores">Where everything is.</param>
/// <param name="persons">What is erased.</param>
/// <param name="patience">How long each store may take.</param>
internal sealed class EraseRun(NpgsqlDataSource ledger, ClickHouseClient warehouse, RunningStores stores, PersonTable persons, TimeSpan patience)
{
    // One at a time; any number will do that nothing else in this database uses.
    private const long LockKey = 0x616E6469_65726173;

    /// <param name="id">Whom.</param>
    /// <param name="keepsScores">Whether what refers to the person stays, of nobody.</param>
    /// <param name="begin">Makes a step of the work.</param>
    /// <exception cref="CommandFailure">Nobody of this id is known, or a store did not follow; the next run goes on from there.</exception>
    public async Task<EraseOutput> RunAsync(string id, bool keepsScores, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var inWarehouse = new WarehouseErasure(warehouse, persons);
        var source = new SourceErasure(connection, persons);
        var (tombstone, names, rows) = await EraseRowsAsync(connection, source, inWarehouse, id, keepsScores, cancellationToken);

        var (tables, letters, left) = await ClearAsync([id], names, begin, cancellationToken);
        await Tombstones.FinishAsync(connection, tombstone, cancellationToken);
        return new EraseOutput(persons.Person, tombstone.RowKey is not null, rows, tables, letters, left);
    }

    /// <summary>Clears everything but PostgreSQL's rows, which are without these people already.</summary>
    /// <param name="ids">Of them.</param>
    /// <param name="names">Of them, where they are known.</param>
    /// <param name="begin">Makes a step of the work.</param>
    /// <returns>The warehouse's tables, the dead letters, and what goes with time only.</returns>
    public async Task<(IReadOnlyList<string> Tables, int DeadLetters, IReadOnlyList<LeftOver> Left)> ClearAsync(
        IReadOnlyCollection<string> ids, IReadOnlyList<string> names, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(stores.Oltp) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await WaitAsync(connection, begin, cancellationToken);
        var inWarehouse = new WarehouseErasure(warehouse, persons);
        var tables = await inWarehouse.RunAsync(ids, begin, cancellationToken);
        var letters = 0;
        foreach (var id in ids)
        {
            letters += await new LetterErasure(ledger, stores.Kafka).RunAsync(id, names, cancellationToken);
        }

        var left = new List<LeftOver>();
        if (!await inWarehouse.RemoveFilesAsync(tables, patience, begin, cancellationToken))
        {
            left.Add(new("clickhouse", "files of parts that were replaced", "a query that reads them ends, and eight minutes more"));
        }

        var files = new SourceFiles(connection, patience);
        await files.RewriteAsync(await new SourceErasure(connection, persons).TablesAsync(cancellationToken), begin, cancellationToken);
        if (await files.ForgetAsync(begin, cancellationToken) is { } holder)
        {
            left.Add(new("postgres", "the WAL of before", $"{holder}, and the checkpoint behind"));
        }

        left.Add(new("kafka", "change events and dead letters of before", stores.EventDays is { } days
            ? (TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(days)).ToString("u", CultureInfo.InvariantCulture)
            : "the broker's own retention.ms of the topics, which is not Andi's to say"));
        left.Add(new("backups", "those made before", "they are deleted; a restore of one erases again"));
        return (tables, letters, left);
    }

    private async Task<(Tombstone Tombstone, IReadOnlyList<string> Names, IReadOnlyDictionary<string, int> Rows)> EraseRowsAsync(
        NpgsqlConnection connection, SourceErasure source, WarehouseErasure inWarehouse, string id, bool keepsScores, CancellationToken cancellationToken)
    {
        await Tombstones.PrepareAsync(connection, cancellationToken);
        var known = (await Tombstones.ReadAsync(connection, cancellationToken)).LastOrDefault(tombstone => tombstone.IsOf(persons.Person, id));
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var names = await source.LockAsync(id, cancellationToken);
        if (names is null && known is null && !await inWarehouse.KnowsAsync(id, cancellationToken))
        {
            throw new CommandFailure($"No {persons.Person} of this id is known, neither in PostgreSQL nor in the warehouse's history. Nothing was changed.");
        }

        var rowKey = names is not null && keepsScores ? SourceErasure.NewRowKey() : null;
        var rows = names is null ? new Dictionary<string, int>() : await source.EraseAsync(id, rowKey, cancellationToken);
        var tombstone = names is null && known is not null ? known : Tombstone.Of(persons.Person, id, rowKey);
        await source.NoteAsync(id, rows.Values.Sum(), cancellationToken);
        await Tombstones.AddAsync(connection, tombstone, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (tombstone, names ?? [], rows);
    }

    /// <summary>Until all generations that rows land in have applied what is committed, one that is being built included.</summary>
    private async Task WaitAsync(NpgsqlConnection connection, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        await using var end = new NpgsqlCommand("SELECT pg_current_wal_insert_lsn()", connection);
        var committed = (ulong)(NpgsqlTypes.NpgsqlLogSequenceNumber)(await end.ExecuteScalarAsync(cancellationToken))!;
        var current = await new CheckedWarehouse(warehouse).CurrentGenerationAsync(cancellationToken);
        await using var landed = ledger.CreateCommand(EmbeddedSql.Read("Erase/Sql/landed_generations.sql"));
        landed.Parameters.AddInOrder((int)current);
        foreach (var generation in await landed.ReadAllAsync(row => (uint)row.GetInt32(0), cancellationToken))
        {
            await new AppliedWait(ledger, patience).ForAsync(generation, committed - 1, begin, cancellationToken);
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(stores.Oltp) { Pooling = false, ApplicationName = "andi erase" };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var one = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection);
        one.Parameters.AddInOrder(LockKey);
        return (bool)(await one.ExecuteScalarAsync(cancellationToken))! ? connection : throw new CommandFailure("Another erase is at work.");
    }
}
