namespace Andi.IntegrationTests.Warehouse.Assessments;

/// <summary>A random history of scores: inserts, corrections, moves to anywhere and back, deletions, inserts of what was deleted.</summary>
internal sealed class ScoreHistory(int seed)
{
    private static readonly string[] Grades = ["3", "4"];

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, ScoreRow> _rows = [];
    private ulong _lsn = 1000;
    private uint _index;

    /// <summary>What PostgreSQL would hold now.</summary>
    public IReadOnlyCollection<ScoreRow> Rows => _rows.Values;

    public List<Change<ScoreRow>> Next(int count)
    {
        var changes = new List<Change<ScoreRow>>();
        while (changes.Count < count)
        {
            changes.Add(Next());
        }

        return changes;
    }

    private Change<ScoreRow> Next()
    {
        var id = $"S{_random.Next(40)}";
        var before = _rows.GetValueOrDefault(id);
        ScoreRow? after = null;
        if (before is null)
        {
            after = New(id);
        }
        else if (_random.Next(5) > 0)
        {
            after = Changed(before);
        }

        if (after is null)
        {
            _rows.Remove(id);
        }
        else
        {
            _rows[id] = after;
        }

        return new Change<ScoreRow>(before, after, Position());
    }

    private UInt128 Position()
    {
        // Transactions of one or several changes; the rows of one share its LSN.
        if (_random.Next(3) == 0)
        {
            _lsn += (ulong)_random.Next(1, 100_000);
            _index = 0;
        }

        return ((UInt128)_lsn << 32) | _index++;
    }

    private ScoreRow New(string id)
    {
        var school = _random.Next(3);
        return Moved(new ScoreRow(
            id, $"P{_random.Next(12)}", "", "", "", default, "", null, null, Dimensions(), $"C{school}", $"D{school / 2}", "ST", Pick(Grades)));
    }

    private ScoreRow Changed(ScoreRow row) => _random.Next(4) switch
    {
        0 => Moved(row),
        1 => Scored(row),
        2 => row with { Dimensions = row.Status == "scored" ? Dimensions() : row.Dimensions, Grade = Pick(Grades) },
        _ => Moved(row) with { SchoolId = $"C{_random.Next(3)}", DistrictId = $"D{_random.Next(2)}" },
    };

    private ScoreRow Moved(ScoreRow row)
    {
        var test = _random.Next(3);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        return Scored(row with
        {
            TeacherId = $"T{_random.Next(3)}",
            TestId = $"X{test}",
            SchoolYear = Pick(["2024-2025", "2025-2026"]),

            // A few months; one in ten rows is older than what counts.
            TestDate = _random.Next(10) == 0
                ? ScoreRow.OldestMonth.AddDays(-1 - _random.Next(40))
                : today.AddMonths(-_random.Next(4)).AddDays(-_random.Next(28)),
        });
    }

    // One in six has no score, one in six of the others no level.
    private ScoreRow Scored(ScoreRow row) => _random.Next(6) == 0
        ? row with { Status = Pick(["exempt", "absent", "invalidated"]), OverallScore = null, Level = null, Dimensions = new Dictionary<string, decimal>() }
        : row with { Status = "scored", OverallScore = Score(row.TestId), Level = _random.Next(6) == 0 ? null : _random.Next(1, 5) };

    // Few values, so that they meet; the bounds of bands and of scales among them. Each test has a scale of its own (AssessmentAnswers).
    private decimal Score(string test) => test switch
    {
        "X0" => Pick([0m, 69.99m, 70m, 79.99m, 80m, 89.99m, 90m, 100m, 71.5m, 83.37m, 55.05m, 91.11m]),
        "X1" => Pick([100m, 124m, 125m, 126m, 208m, 211m, 225m, 350m]),
        _ => Pick([-10m, -0.0001m, 0m, 100m, 100.0001m, 124.9999m, 775m, 1234.5678m, 1600m, 99999.9999m]),
    };

    private Dictionary<string, decimal> Dimensions()
    {
        var dimensions = new Dictionary<string, decimal>();
        foreach (var name in new[] { "logic", "rea\"ding'", "Schrift ü" })
        {
            if (_random.Next(3) > 0)
            {
                dimensions[name] = Pick([0m, 33.3m, 66.67m, 100m, 50m, 12.3456m]);
            }
        }

        return dimensions;
    }

    private T Pick<T>(T[] values) => values[_random.Next(values.Length)];
}
