using Andi.FaultCampaign.Connections;
using Andi.FaultCampaign.Setting;
using Andi.Topology;

namespace Andi.FaultCampaign.Faults;

/// <summary>Draws the next fault from the seed.</summary>
internal sealed class FaultDraw(Random random, CampaignTopology topology)
{
    private const string Schema = "public";

    // The campaign rebuilds nothing: the first generation stays the current one.
    private const int Generation = 1;

    // The ingestors' session timeout is 6 s, the relay's sender timeout 5 s: beyond them a paused process is a zombie.
    private static readonly (double Shortest, double Longest) ZombieSeconds = (7.5, 12);

    private static readonly string[] Tables = ["scores", "scores", "scores", "scores", "students", "teachers", "schools", "tests", "districts"];

    /// <param name="busy">Targets that faults are at already.</param>
    public Fault Draw(IReadOnlySet<string> busy)
    {
        while (true)
        {
            var fault = DrawAny();
            // Kafka cannot start without ZooKeeper: one of the two at a time.
            var partner = fault.Target == ResourceNames.KafkaBroker ? ResourceNames.ZooKeeper : fault.Target == ResourceNames.ZooKeeper ? ResourceNames.KafkaBroker : null;
            if (!busy.Contains(fault.Target) && (partner is null || !busy.Contains(partner)))
            {
                return fault;
            }
        }
    }

    private Fault DrawAny() => random.Next(100) switch
    {
        < 30 => new Kill(DrawProcess(), Seconds(0, 3)),
        < 52 => DrawPause(),
        < 64 => DrawCut(),
        < 73 => DrawStall(),
        < 78 => new Sever(DrawLink(), Seconds(0.2, 5)),
        < 83 => new Absence(DrawReplica(), Seconds(0.2, 4)),
        < 88 => new Visit(random.Next(3) == 0 ? topology.Oltp[^1] : topology.Ingestors[^1], Seconds(1, 6), random.Next(3) == 0),
        _ => new Duplicates(
            topology.Kafka.TopicOf(Generation, Schema, Tables[random.Next(Tables.Length)]), random.NextDouble(), random.NextDouble(), 1 + random.Next(1500), random.Next(2) == 0),
    };

    private Pause DrawPause()
    {
        var process = DrawProcess();
        var isReplica = topology.Oltp.Contains(process) || topology.Ingestors.Contains(process);
        return isReplica && random.Next(2) == 0
            ? new Pause(process, Seconds(ZombieSeconds.Shortest, ZombieSeconds.Longest))
            : new Pause(process, Seconds(0.1, 5));
    }

    private Cut DrawCut()
    {
        var cuts = Enumerable.Range(0, 1 + random.Next(12))
            .Select(_ => (random.Next(2) == 0 ? Direction.ToStore : Direction.ToService, (long)Math.Pow(10, random.NextDouble() * 5)))
            .ToList();
        return new Cut(DrawLink(), cuts, Seconds(0.5, 5));
    }

    private Stall DrawStall()
    {
        var which = random.Next(3);
        return new Stall(DrawLink(), Requests: which != 1, Answers: which != 0, Seconds(0.3, 8), CutThen: random.Next(2) == 0);
    }

    private string DrawProcess() => random.Next(100) switch
    {
        < 15 => ResourceNames.Postgres,
        < 30 => ResourceNames.KafkaBroker,
        < 34 => ResourceNames.ZooKeeper,
        < 50 => ResourceNames.ClickHouse,
        _ => DrawReplica(),
    };

    // Not the one in reserve.
    private string DrawReplica()
    {
        var replicas = random.Next(5) < 3 ? topology.Ingestors : topology.Oltp;
        return replicas[random.Next(replicas.Count - 1)];
    }

    private Link DrawLink() => random.Next(2) == 0 ? Link.Postgres : Link.ClickHouse;

    private TimeSpan Seconds(double shortest, double longest) => TimeSpan.FromSeconds(shortest + (random.NextDouble() * (longest - shortest)));
}
