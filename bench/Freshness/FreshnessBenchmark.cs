using Andi.Bench.Measuring;
using Andi.Bench.School;
using Andi.Bench.Setting;
using Andi.Sql;
using Andi.Testing;
using Npgsql;

namespace Andi.Bench.Freshness;

/// <summary>From the commit of a write to the aggregate that shows it, under a steady load of writes over HTTP.</summary>
internal sealed class FreshnessBenchmark : IBenchmark
{
    public const int WritesPerSecond = 2_000;
    public const int SamplesPerSecond = 5;
    private const int Seconds = 60;
    public const int WarmUpSeconds = 10;
    public const int Districts = 20;
    public const int StudentsPerDistrict = 3_000;
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public string Name => "freshness";

    public string Question =>
        "Writes over HTTP, one score each, and the time from the answer of a write, which comes with its commit, "
        + "to the answer of the classroom's aggregate that has it.";

    public async Task<PartResult> RunAsync(BenchSetting setting, CancellationToken cancellationToken)
    {
        var measured = new List<Figures>();
        var goals = new List<Goal>();
        var notes = new List<string>
        {
            $"{WritesPerSecond:N0} scores a second are begun, whether or not earlier ones have been answered, for {setting.Options.Sized(Seconds)} s "
            + $"after {WarmUpSeconds} s of the same that do not count; of ten seven are new, three corrections. First with a request each, then with a request "
            + $"for each classroom of {ScoreWriter.StudentsPerClassroom} and test, as a teacher hands them in. {SamplesPerSecond} times a second a write is "
            + "followed by a read of its classroom that asks for at least the write's position, until it is answered. The load runs on the same cores. In the "
            + "end the count and the sum of every classroom and test are compared with PostgreSQL's rows: no difference, or there is no result.",
        };
        foreach (var isByClassroom in new[] { false, true })
        {
            var load = new Load(isByClassroom);
            for (var run = 1; run <= setting.Options.Runs; run++)
            {
                await MeasureAsync(setting, load, run, cancellationToken);
            }

            measured.AddRange(load.Measured);
            goals.AddRange(load.Goals);
            notes.Add(load.Profile);
        }

        return new PartResult(measured, goals, notes);
    }

    private static async Task MeasureAsync(BenchSetting setting, Load load, int run, CancellationToken cancellationToken)
    {
        var topology = await setting.StartAsync(options => options, cancellationToken);
        await using var database = NpgsqlDataSource.Create(topology.Run.Postgres);
        await new SchoolSystem(database, Districts).CreateAsync(cancellationToken);
        await Readers.SeeAllAsync(topology, database, Limit, cancellationToken);
        await load.RunAsync(topology, setting.Options.Sized(Seconds), cancellationToken);
        await Readers.SeeAllAsync(topology, database, Limit, cancellationToken);
        await CompareAsync(topology, database, cancellationToken);
        setting.Tell($"{load.Name}, run {run}: {load.Last}");
        await topology.StopAsync();
    }

    private static async Task CompareAsync(RunningAndi topology, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        using var warehouse = topology.OpenWarehouse();
        var stands = (await warehouse.QueryAsync<ClassroomLine>(new(EmbeddedSql.Read("Freshness/Sql/warehouse_classrooms.sql")), cancellationToken))
            .Select(row => row.Line).ToHashSet();
        var should = new HashSet<string>();
        await using var command = database.CreateCommand(EmbeddedSql.Read("Freshness/Sql/source_classrooms.sql"));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            should.Add(row.GetString(0));
        }

        should.SymmetricExceptWith(stands);
        if (should.Count > 0 || stands.Count == 0)
        {
            throw new InvalidOperationException($"Aggregates differ from PostgreSQL's rows, for instance {should.FirstOrDefault()}.");
        }
    }
}

/// <param name="Line">Teacher, test, how many scores, their sum in ten-thousandths.</param>
internal sealed record ClassroomLine(string Line);
