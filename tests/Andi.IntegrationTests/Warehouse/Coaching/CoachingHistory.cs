using Andi.IntegrationTests.Warehouse.Assessments;

namespace Andi.IntegrationTests.Warehouse.Coaching;

/// <summary>A random history of the area's tables: inserts, corrections, moves to anywhere and back, deletions, inserts of what was deleted.</summary>
internal sealed class CoachingHistory(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, SessionRow> _sessions = [];
    private readonly Dictionary<string, UseRow> _uses = [];
    private readonly Dictionary<string, ActivityRow> _activities = [];
    private ulong _lsn = 1000;
    private uint _index;

    /// <summary>A first of January in whose week lie days of both years, and which counts.</summary>
    public static DateOnly TurnOfYear { get; } = Enumerable.Range(0, 5).Select(n => new DateOnly(DateTime.UtcNow.Year - n, 1, 1))
        .First(day => day.DayOfWeek != DayOfWeek.Monday && day < DateOnly.FromDateTime(DateTime.UtcNow).AddMonths(-1));

    /// <summary>What PostgreSQL would hold now.</summary>
    public IReadOnlyCollection<SessionRow> Sessions => _sessions.Values;

    public IReadOnlyCollection<UseRow> Uses => _uses.Values;

    public IReadOnlyCollection<ActivityRow> Activities => _activities.Values;

    public List<Change<SessionRow>> NextSessions(int count) => Next(_sessions, count, "S", id => Session(id), row => _random.Next(3) switch
    {
        0 => row with { Ciq = Score(), Equity = Score(), Engagement = Score() },
        1 => row with
        {
            Wait = Pick([0m, 0.5m, 2.99m, 3m, 12.34m, 9999.99m]),
            Talk = Pick([0m, 0.3333m, 0.5m, 1m]),
            Open = _random.Next(20),
            Closed = _random.Next(20),
        },
        _ => Session(row.SessionId),
    });

    public List<Change<UseRow>> NextUses(int count) => Next(_uses, count, "U", Use, row => _random.Next(2) == 0 ? row with { At = Time() } : Use(row.UsageId));

    public List<Change<ActivityRow>> NextActivities(int count) =>
        Next(_activities, count, "A", Activity, row => _random.Next(2) == 0 ? row with { Kind = Kind() } : Activity(row.ActivityId));

    private List<Change<T>> Next<T>(Dictionary<string, T> rows, int count, string prefix, Func<string, T> make, Func<T, T> change)
        where T : class
    {
        var changes = new List<Change<T>>();
        while (changes.Count < count)
        {
            var id = $"{prefix}{_random.Next(60)}";
            var before = rows.GetValueOrDefault(id);
            var after = before is null ? make(id) : _random.Next(5) > 0 ? change(before) : null;
            if (after is null)
            {
                rows.Remove(id);
            }
            else
            {
                rows[id] = after;
            }

            changes.Add(new Change<T>(before, after, Position()));
        }

        return changes;
    }

    private UInt128 Position()
    {
        if (_random.Next(3) == 0)
        {
            _lsn += (ulong)_random.Next(1, 100_000);
            _index = 0;
        }

        return ((UInt128)_lsn << 32) | _index++;
    }

    private SessionRow Session(string id)
    {
        var school = _random.Next(3);
        return new SessionRow(
            id, $"T{_random.Next(4)}", Pick(["math", "reading"]), Pick(["3", "4"]), Time(), _random.Next(600, 3600), _random.Next(5, 30), Score(), Score(),
            Pick([0m, 0.5m, 2.99m, 3m, 12.34m]), Score(), Pick([0m, 0.3333m, 0.6789m, 1m]), _random.Next(20), _random.Next(20), $"C{school}", $"D{school / 2}");
    }

    private UseRow Use(string id)
    {
        var school = _random.Next(3);
        var action = Pick(["view", "download", "complete", "share", "rate"]);
        return new UseRow(
            id, $"R{_random.Next(4)}", $"T{_random.Next(4)}", action, _random.Next(2) == 0 ? null : _random.Next(1000),
            action == "rate" ? _random.Next(1, 6) : null, Time(), $"C{school}", $"D{school / 2}");
    }

    private ActivityRow Activity(string id)
    {
        var school = _random.Next(3);
        return new ActivityRow(id, $"T{_random.Next(4)}", Kind(), Pick(["math", "new teachers", "Ümläut's"]), Time(), $"C{school}", $"D{school / 2}");
    }

    private string Kind() => Pick(["post", "reply", "like", "share", "mentor"]);

    // Few values, so that they meet.
    private decimal Score() => Pick([0m, 100m, 71.5m, 83.37m, 55.05m, 91.11m, 33.33m]);

    // A few months, and the days around the turn of a year, at the ends of days and weeks, too; one in ten is older than what counts.
    private DateTime Time()
    {
        var today = DateTime.UtcNow.Date;
        var day = _random.Next(10) switch
        {
            0 => ScoreRow.OldestMonth.ToDateTime(TimeOnly.MinValue).AddDays(-1 - _random.Next(40)),
            1 or 2 => TurnOfYear.ToDateTime(TimeOnly.MinValue).AddDays(_random.Next(-10, 10)),
            _ => today.AddMonths(-_random.Next(4)).AddDays(-_random.Next(28)),
        };
        return DateTime.SpecifyKind(day + Pick([TimeSpan.Zero, new TimeSpan(0, 23, 59, 59, 999, 999), TimeSpan.FromHours(_random.Next(24))]), DateTimeKind.Utc);
    }

    private T Pick<T>(T[] values) => values[_random.Next(values.Length)];
}
