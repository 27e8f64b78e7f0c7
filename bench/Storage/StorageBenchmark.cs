using Andi.Bench.Measuring;
using Andi.Bench.School;
using Andi.Bench.Setting;
using Andi.Sql;
using Andi.Warehouse.Client;
using Npgsql;

namespace Andi.Bench.Storage;

/// <summary>What a score takes on disk in either store.</summary>
internal sealed class StorageBenchmark : IBenchmark
{
    private const int Scores = 1_000_000;
    private const int ScoresPerTransaction = 50_000;
    private const string Facts = "facts.student_scores";

    public string Name => "storage";

    public string Question => "Bytes on disk per score: ClickHouse's row of it beside PostgreSQL's.";

    public async Task<PartResult> RunAsync(BenchSetting setting, CancellationToken cancellationToken)
    {
        var scores = setting.Options.Sized(Scores);
        var topology = await setting.StartAsync(options => options, cancellationToken);
        await using var database = NpgsqlDataSource.Create(topology.Run.Postgres);
        using var warehouse = topology.OpenWarehouse();
        var system = SchoolSystem.For(database, scores);
        await system.CreateAsync(cancellationToken);
        for (var first = 1; first <= scores; first += ScoresPerTransaction)
        {
            await system.InsertScoresAsync(first, Math.Min(scores, first + ScoresPerTransaction - 1), cancellationToken);
        }

        await Readers.SeeAllAsync(topology, database, TimeSpan.FromMinutes(15), cancellationToken);
        setting.Tell($"{scores:N0} scores are in both stores");
        await SettleAsync(database, warehouse, cancellationToken);

        await using var sizes = database.CreateCommand(EmbeddedSql.Read("Storage/Sql/source_bytes.sql"));
        await using var size = await sizes.ExecuteReaderAsync(cancellationToken);
        await size.ReadAsync(cancellationToken);
        double PerScore(long bytes) => bytes / (double)scores;
        var source = new Figures("PostgreSQL: `scores` with its indexes", "bytes per score", [PerScore(size.GetInt64(1))]);
        var measured = new List<Figures> { source, new("PostgreSQL: `scores`, rows alone", "bytes per score", [PerScore(size.GetInt64(0))]) };
        var tables = await warehouse.QueryAsync<TableBytes>(new(EmbeddedSql.Read("Storage/Sql/warehouse_bytes.sql")), cancellationToken);
        measured.AddRange(tables.Select(table => new Figures($"ClickHouse: `{table.Table}`", "bytes per score", [PerScore(table.Bytes)])));
        var facts = measured.Single(figures => figures.Name.Contains(Facts + "`", StringComparison.Ordinal));
        if (tables.Single(table => table.Table == Facts).Rows != scores)
        {
            throw new InvalidOperationException($"{Facts} has not {scores} rows: {string.Join(", ", tables)}.");
        }

        return new PartResult(
            measured,
            [Goal.AtLeast(15, source.Over(facts, $"PostgreSQL over ClickHouse, `scores` with its indexes over `{Facts}`"))],
            [
                $"{scores:N0} scores, never changed, written in transactions of {ScoresPerTransaction:N0}; measured once, as nothing about it is left to "
                + "chance. PostgreSQL after VACUUM, ClickHouse after its parts were merged. `staging.scores_changes` is the history of every change, which "
                + "PostgreSQL does not keep; `agg` answers without reading a score.",
            ]);
    }

    private static async Task SettleAsync(NpgsqlDataSource database, ClickHouseClient warehouse, CancellationToken cancellationToken)
    {
        await using var vacuum = database.CreateCommand("VACUUM (ANALYZE) scores");
        vacuum.CommandTimeout = 0;
        await vacuum.ExecuteNonQueryAsync(cancellationToken);
        var tables = await warehouse.QueryAsync<TableBytes>(new(EmbeddedSql.Read("Storage/Sql/warehouse_bytes.sql")), cancellationToken);
        foreach (var table in tables)
        {
            await warehouse.ExecuteAsync(new($"OPTIMIZE TABLE {table.Table} FINAL") { Timeout = TimeSpan.FromMinutes(15) }, cancellationToken);
        }
    }
}
