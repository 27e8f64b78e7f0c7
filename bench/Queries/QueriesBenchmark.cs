using System.Text.Json;
using Andi.Bench.Measuring;
using Andi.Bench.Queries.DuckDb;
using Andi.Bench.Setting;
using Andi.Sql;
using Andi.Topology;
using Npgsql;

namespace Andi.Bench.Queries;

/// <summary>The endpoint answers of the assessments area beside the engine alone, PostgreSQL and DuckDB.</summary>
internal sealed class QueriesBenchmark : IBenchmark
{
    private const int Fewer = 1_000_000;
    private const int Many = 10_000_000;
    private const int Clients = 16;

    public string Name => "queries";

    public string Question =>
        "The answers of the assessments area at 1 and 10 million scores: the endpoint beside the same SQL on the bare engine, "
        + "and beside PostgreSQL and DuckDB with the same rows.";

    public async Task<PartResult> RunAsync(BenchSetting setting, CancellationToken cancellationToken)
    {
        var topology = await setting.StartAsync(options => options, cancellationToken);
        await using var postgres = NpgsqlDataSource.Create(topology.Run.Postgres);
        await Readers.SeeAllAsync(topology, postgres, TimeSpan.FromMinutes(2), cancellationToken);
        // The ledger has positions now; what else the services do would take its part of both cores.
        await topology.Processes.StopAsync(ResourceNames.OltpApi);
        await topology.Processes.StopAsync(ResourceNames.Ingestor);
        var connection = topology.WarehouseOptions();
        using var warehouse = topology.OpenWarehouse();
        await using var ledger = NpgsqlDataSource.Create(topology.Run.ConnectionStrings[ConnectionNames.Ingest]);
        using var endpoint = new Endpoint(topology, ledger);
        using var bare = new BareSql(connection, warehouse);

        var measured = new List<Figures>();
        var goals = new List<Goal>();
        var fewer = await AtAsync(setting.Options.Sized(Fewer), peers: false);
        var many = await AtAsync(setting.Options.Sized(Many), peers: true);
        foreach (var question in Questions.Where(question => question.IsOfOnePlace))
        {
            var growth = many[question.Name].Over(fewer[question.Name], $"{question.Name}: ten times the scores, p50");
            if (question.Name == Queries.Question.History)
            {
                // The targets name classrooms, schools and districts.
                measured.Add(growth);
            }
            else
            {
                goals.Add(Goal.AtMost(1.3, growth));
            }
        }

        return new PartResult(
            measured,
            goals,
            [
                "Of a line of latencies min, median and max are p50, p95 and p99. Each request is for a random place, and asked as if an insert of scores had "
                + "just been confirmed: nothing of it is in the cache of answers; names are, once they were asked for. The bare SQL is the endpoint's own "
                + "named query with the same parameters, asked in turn with it, by a plain HTTP client that throws the answer away; for the comparison of "
                + "districts its two statements, whose answers are read, as the second follows from the first. Relay and ingestor are stopped while it "
                + "is measured.",
                "ClickHouse has the rows through the landing table and all views, in blocks of a million; PostgreSQL (unlogged, after VACUUM, without the JSON "
                + "column) has an index for each question, for the comparison one that holds all it reads; DuckDB holds them in memory in this process. Both "
                + "compute from the scores what the endpoint answers, medians by `percentile_cont`; the comparison, year by year, is checked to be "
                + "the same. DuckDB's library is the one of its npm package, called by its C interface, as its .NET package is not in every feed.",
                "A classroom is what PostgreSQL's index is best at: some 30 rows beside each other. "
                + "The time of ClickHouse is that of taking a statement apart and opening parts, not of rows.",
            ]);

        async Task<Dictionary<string, Figures>> AtAsync(long scores, bool peers)
        {
            var data = new ScoreData(setting, warehouse, connection, scores);
            var seconds = await Stopwatches.SecondsAsync(() => data.LandAsync(cancellationToken));
            await endpoint.AllChangedAsync(cancellationToken);
            setting.Tell($"{scores:N0} scores landed in {seconds:0} s");
            var run = new QuestionRun(endpoint, bare, data.Districts, setting.Options.Scale);
            var medians = new Dictionary<string, Figures>();
            foreach (var question in Questions)
            {
                var alone = await run.AloneAsync(question, setting.Options.Runs, cancellationToken);
                var at = $"{scores:N0} scores, {question.Name}";
                measured.Add(alone.Endpoint.Figures($"{at}, endpoint"));
                measured.Add(alone.Bare.Figures($"{at}, bare SQL"));
                medians[question.Name] = new Figures(question.Name, "ms", alone.EndpointMedians);
                var ratio = new Figures("", "ms", alone.EndpointMedians).Over(new Figures("", "ms", alone.BareMedians), $"{at}: endpoint over bare SQL, p50");
                goals.Add(Goal.AtMost(1.25, ratio));
                measured.Add((await run.TogetherAsync(question, Clients, cancellationToken)).Figures($"{at}, endpoint, {Clients} clients"));
                setting.Tell($"{at}: endpoint {alone.Endpoint.At(0.5):0.0} ms, bare {alone.Bare.At(0.5):0.0} ms, over {ratio.Median:0.00}");
            }

            var repeated = await run.RepeatedAsync(Questions[0], cancellationToken);
            measured.Add(repeated.Figures($"{scores:N0} scores, a repeated answer at an unchanged position"));
            goals.Add(Goal.AtMost(1, new Figures($"{scores:N0} scores: a repeated answer, p50", "ms", [repeated.At(0.5)])));
            goals.Add(Goal.AtMost(5, medians[Queries.Question.Classroom] with { Name = $"{scores:N0} scores: {Queries.Question.Classroom}, p50" }));
            setting.Tell($"repeated {repeated.At(0.5):0.00} ms");
            if (peers)
            {
                await PeersAsync(data, scores, medians);
            }

            return medians;
        }

        async Task PeersAsync(ScoreData data, long scores, Dictionary<string, Figures> medians)
        {
            await data.WriteFileAsync(cancellationToken);
            await data.CopyToPostgresAsync(postgres, cancellationToken);
            using var duck = new DuckDbDatabase();
            data.CopyToDuckDb(duck);
            setting.Tell("the peers have the rows");
            var others = new Peers(postgres, duck, data.Districts);
            var state = await endpoint.AskAsync(Queries.Question.StateIn("M1"), cancellationToken);
            await others.DemandSameAsync(JsonDocument.Parse(state), cancellationToken);
            foreach (var (question, sql, least) in new[]
            {
                (Queries.Question.State, "peer_state", (60.0, 8.0)), (Queries.Question.Classroom, "peer_classroom", (0.0, 0.0)),
            })
            {
                var text = EmbeddedSql.Read($"Queries/Sql/{sql}.sql");
                var inPostgres = await others.PostgresAsync(text, setting.Options.Runs, cancellationToken);
                var inDuck = await others.DuckDbAsync(text, setting.Options.Runs);
                measured.Add(new Figures($"{scores:N0} scores, {question}, PostgreSQL, p50 of each run", "ms", inPostgres));
                measured.Add(new Figures($"{scores:N0} scores, {question}, DuckDB, p50 of each run", "ms", inDuck));
                var (overPostgres, overDuck) = (
                    new Figures("", "ms", inPostgres).Over(medians[question], $"{scores:N0} scores, {question}: PostgreSQL over the endpoint, p50"),
                    new Figures("", "ms", inDuck).Over(medians[question], $"{scores:N0} scores, {question}: DuckDB over the endpoint, p50"));
                setting.Tell(
                    $"{question}: PostgreSQL {inPostgres[0]:0.0} ms ({overPostgres.Median:0.0} x), DuckDB {inDuck[0]:0.0} ms ({overDuck.Median:0.0} x)");
                if (least.Item1 > 0)
                {
                    goals.Add(Goal.AtLeast(least.Item1, overPostgres));
                    goals.Add(Goal.AtLeast(least.Item2, overDuck));
                }
                else
                {
                    measured.AddRange([overPostgres, overDuck]);
                }
            }
        }
    }

    private static IReadOnlyList<Question> Questions => Queries.Question.All;
}
