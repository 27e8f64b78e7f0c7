using System.Globalization;
using Andi.FaultCampaign.Setting;
using Andi.FaultCampaign.World;
using Npgsql;

namespace Andi.FaultCampaign.Workload;

/// <summary>Several writers at once, each drawing its writes from a seed of its own.</summary>
internal sealed class Writers
{
    private const int Count = 4;
    private const int LongestPause = 60;

    private readonly SchoolWorld _world;
    private readonly string _postgres;
    private readonly Random[] _randoms;
    private readonly Writes _writes;
    private readonly CoachingWrites _coaching;
    private readonly (int Weight, Func<Random, Task> Write)[] _all;

    public Writers(CampaignTopology topology, SchoolWorld world, int seed, Timeline timeline)
    {
        _world = world;
        _postgres = topology.Postgres;
        _randoms = [.. Enumerable.Range(1, Count).Select(writer => new Random(HashCode.Combine(seed, writer)))];
        var api = new WriteApi(topology, Counts, timeline);
        var tests = new TestWrites(world, api);
        _writes = new Writes(world, api, tests);
        _coaching = new CoachingWrites(world, api);
        _all = [.. _writes.All, .. tests.All, .. _coaching.All, .. new SqlWrites(world, topology.Postgres, Counts).All];
    }

    public WriteCounts Counts { get; } = new();

    /// <summary>Writes everything that scores and sessions are about, and the first of both.</summary>
    public async Task FoundAsync()
    {
        await _writes.FoundAsync(_randoms[0]);
        await _coaching.FoundAsync(_randoms[0]);
    }

    /// <summary>Writes until cancelled, then returns when the last write has ended (each ends by itself).</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(_randoms.Select(random => WriteAsync(random, cancellationToken)));

    /// <summary>Asks PostgreSQL which scores there are, and on which scales; those of unknown outcome are known again.</summary>
    public async Task LearnAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_postgres);
        await connection.OpenAsync(cancellationToken);
        _world.Scores.Clear();
        await using (var command = new NpgsqlCommand("SELECT student_id, test_id, school_year, score_id FROM scores", connection))
        await using (var row = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await row.ReadAsync(cancellationToken))
            {
                _world.Scores[new ScoreKey(row.GetString(0), row.GetString(1), row.GetString(2))] = row.GetString(3);
            }
        }

        await using (var command = new NpgsqlCommand("SELECT test_id, min_score FROM tests", connection))
        await using (var row = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await row.ReadAsync(cancellationToken))
            {
                var first = _world.FirstScaleOf(row.GetString(0));
                _world.Scales[row.GetString(0)] = row.GetDecimal(1) == first.Min ? first : first.Wider;
            }
        }
    }

    private async Task WriteAsync(Random random, CancellationToken cancellationToken)
    {
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            await Draw(random)(random);
            await Task.Delay(random.Next(LongestPause), CancellationToken.None);
        }
    }

    private Func<Random, Task> Draw(Random random)
    {
        var at = random.Next(_all.Sum(choice => choice.Weight));
        foreach (var (weight, write) in _all)
        {
            at -= weight;
            if (at < 0)
            {
                return write;
            }
        }

        throw new InvalidOperationException(at.ToString(CultureInfo.InvariantCulture));
    }
}
