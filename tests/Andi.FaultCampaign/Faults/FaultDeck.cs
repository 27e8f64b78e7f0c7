using Andi.FaultCampaign.Connections;
using Andi.FaultCampaign.Setting;
using Andi.Topology;

namespace Andi.FaultCampaign.Faults;

/// <summary>
/// Deals faults from a deck of 25, so that a short campaign has all of them: each once in an order drawn from the seed, then all of them again. What else
/// there is to a fault (when, for how long, which bytes) is drawn each time.
/// </summary>
internal sealed class FaultDeck(Random random, CampaignTopology topology)
{
    private const string Schema = "public";

    // The campaign rebuilds nothing: the first generation stays the current one.
    private const int Generation = 1;

    // The ingestors' session timeout is 6 s, the relay's sender timeout 5 s: beyond them a paused process is a zombie.
    private static readonly (double Shortest, double Longest) ZombieSeconds = (7.5, 12);

    private static readonly string[] Tables = ["scores", "scores", "scores", "scores", "students", "teachers", "schools", "tests", "districts"];

    private readonly List<Func<Fault>> _left = [];

    /// <summary>The next fault; null where all that are left in the deck would hit what is hit already.</summary>
    /// <param name="busy">Targets that faults are at.</param>
    public Fault? Draw(IReadOnlySet<string> busy)
    {
        if (_left.Count == 0)
        {
            var deck = Deck();
            random.Shuffle(deck);
            _left.AddRange(deck);
        }

        for (var card = 0; card < _left.Count; card++)
        {
            var fault = _left[card]();
            if (!IsBusy(fault.Target, busy))
            {
                _left.RemoveAt(card);
                return fault;
            }
        }

        return null;
    }

    private Func<Fault>[] Deck() =>
    [
        () => Kill(ResourceNames.Postgres, ResourceNames.Postgres),
        () => Kill(ResourceNames.KafkaBroker, ResourceNames.KafkaBroker),
        () => Kill(ResourceNames.ZooKeeper, null),
        () => Kill(ResourceNames.ClickHouse, ResourceNames.ClickHouse),
        () => Kill(topology.Oltp[0], ResourceNames.KafkaBroker),
        () => Kill(topology.Oltp[1], ResourceNames.Postgres),
        () => Kill(topology.Ingestors[0], ResourceNames.ClickHouse),
        () => Kill(topology.Ingestors[1], ResourceNames.Postgres),
        () => Pause(ResourceNames.Postgres),
        () => Pause(ResourceNames.KafkaBroker),
        () => Pause(ResourceNames.ClickHouse),
        () => Pause(Replica()),
        () => Zombie(topology.Oltp[0]),
        () => Zombie(topology.Oltp[1]),
        () => Zombie(topology.Ingestors[random.Next(topology.Ingestors.Count - 1)]),
        () => Cut(ResourceNames.Postgres),
        () => Cut(ResourceNames.KafkaBroker),
        () => Cut(ResourceNames.ClickHouse),
        () => Stall(ResourceNames.Postgres),
        () => Stall(StoreProxies.Stores[1 + random.Next(2)]),
        () => new Sever(ResourceNames.KafkaBroker, Seconds(5, 12)),
        () => new Sever(random.Next(2) == 0 ? ResourceNames.Postgres : ResourceNames.ClickHouse, Seconds(0.2, 5)),
        () => random.Next(2) == 0
            ? new Absence(Replica(), Seconds(0.2, 4))
            : new Visit(random.Next(3) == 0 ? topology.Oltp[^1] : topology.Ingestors[^1], Seconds(1, 6), random.Next(2) == 0),
        () => Duplicates(untilNewest: true),
        () => Duplicates(untilNewest: false),
    ];

    // Kafka cannot start without ZooKeeper: one of the two at a time.
    private static bool IsBusy(string target, IReadOnlySet<string> busy) => target switch
    {
        ResourceNames.KafkaBroker or ResourceNames.ZooKeeper => busy.Contains(ResourceNames.KafkaBroker) || busy.Contains(ResourceNames.ZooKeeper),
        _ => busy.Contains(target),
    };

    // Half of them while something is under way between the services and a store.
    private Kill Kill(string process, string? amidTrafficWith) => new(
        process,
        amidTrafficWith is null || random.Next(2) == 0 ? null : new Moment(amidTrafficWith, Direction(), Bytes()),
        Seconds(0, 3));

    private Pause Pause(string process) => new(process, Seconds(0.1, 5), IsZombie: false);

    private Pause Zombie(string process) => new(process, Seconds(ZombieSeconds.Shortest, ZombieSeconds.Longest), IsZombie: true);

    private Cut Cut(string store) =>
        new(store, [.. Enumerable.Range(0, 1 + random.Next(12)).Select(_ => (Direction(), Bytes()))], Seconds(0.5, 5));

    private Stall Stall(string store)
    {
        var which = random.Next(3);
        return new Stall(store, Requests: which != 1, Answers: which != 0, Seconds(0.3, 8), CutThen: random.Next(2) == 0);
    }

    private Duplicates Duplicates(bool untilNewest) => new(
        topology.Kafka.TopicOf(Generation, Schema, Tables[random.Next(Tables.Length)]),
        random.NextDouble(), random.NextDouble(), 1 + random.Next(1500), untilNewest);

    // Not the one in reserve.
    private string Replica()
    {
        var replicas = random.Next(5) < 3 ? topology.Ingestors : topology.Oltp;
        return replicas[random.Next(replicas.Count - 1)];
    }

    private Direction Direction() => random.Next(2) == 0 ? Connections.Direction.ToStore : Connections.Direction.ToService;

    // 1 to 100,000: as often some as some hundred.
    private long Bytes() => (long)Math.Pow(10, random.NextDouble() * 5);

    private TimeSpan Seconds(double shortest, double longest) => TimeSpan.FromSeconds(shortest + (random.NextDouble() * (longest - shortest)));
}
