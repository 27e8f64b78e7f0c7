using Andi.AnalyticsApi.Disclosure;

namespace Andi.UnitTests.AnalyticsApi.Disclosure;

/// <summary>A district that is small enough to attack: a few schools, grades and teachers with about as many students as the minimum.</summary>
internal sealed class SmallDistrict
{
    private readonly Random _random;
    private readonly Dictionary<ulong, LiveRow> _rows = [];
    private readonly Dictionary<ulong, List<IReadOnlyDictionary<string, int>>> _earlier = [];
    private readonly List<string[]> _paths = [];
    private ulong _last;

    public SmallDistrict(int seed)
    {
        _random = new Random(seed);
        Minimum = _random.Next(3) == 0 ? 10 : 5;
        for (var school = 0; school < _random.Next(2, 5); school++)
        {
            for (var grade = 3; grade < _random.Next(4, 6); grade++)
            {
                for (var teacher = 0; teacher < _random.Next(1, 3); teacher++)
                {
                    _paths.Add([$"C{school}", $"{grade}", $"T{school}{grade}{teacher}"]);
                }
            }
        }

        // At the beginning some places have nobody yet.
        foreach (var path in _paths.Where(_ => _random.Next(6) > 0))
        {
            var size = _random.Next(4) == 0 ? _random.Next(1, Minimum) : _random.Next(Minimum - 1, 2 * Minimum);
            var kind = _random.Next(8);
            for (var n = 0; n < size; n++)
            {
                Put(++_last, path, Values(kind));
            }
        }
    }

    public int Minimum { get; }

    public IReadOnlyCollection<LiveRow> Rows => _rows.Values;

    /// <summary>All places, those without anybody as well.</summary>
    public IReadOnlyList<string[]> Paths => _paths;

    /// <summary>Some writes: often one alone, sometimes nearly as many as are told, sometimes more.</summary>
    /// <param name="closed">A place that nobody moves to or from.</param>
    public void Write(Func<string[], bool> closed)
    {
        // On a day of tests, many come everywhere.
        var testing = _random.Next(8) == 0;
        foreach (var place in _paths.Where(_ => testing))
        {
            foreach (var _ in Enumerable.Range(0, _random.Next(3 * Minimum)))
            {
                Put(++_last, place, Values(3));
            }
        }

        var path = Pick(_paths);
        var here = _random.Next(2) == 0;
        foreach (var _ in Enumerable.Range(0, Pick([0, 1, 1, 1, 2, Minimum - 1, Minimum, Minimum + 1, 2 * Minimum, 3 * Minimum])))
        {
            var place = here ? path : Pick(_paths);
            var people = _rows.Values.Where(row => !here || row.Path == place).ToList();
            var row = people.Count == 0 ? null : Pick(people);
            switch (_random.Next(12))
            {
                case < 4 when row is not null:
                    Put(row.Person, row.Path, Values(_random.Next(10)));
                    break;
                case 4 when row is not null:
                    _rows.Remove(row.Person);
                    break;
                case 5 when row is not null && Pick(_paths) is var other && !closed(row.Path) && !closed(other):
                    Put(row.Person, other, row.Values);
                    break;
                case < 8 when row is not null:
                    Put(row.Person, row.Path, Pick(_earlier[row.Person]));
                    break;
                case < 11:
                    Put(++_last, place, Values(_random.Next(10)));
                    break;
            }
        }
    }

    private void Put(ulong person, string[] path, IReadOnlyDictionary<string, int> values)
    {
        _rows[person] = new LiveRow(person, path, values);
        (_earlier.TryGetValue(person, out var earlier) ? earlier : _earlier[person] = []).Add(values);
    }

    // Nearly all at an end, all about the same, or anything.
    private Dictionary<string, int> Values(int kind)
    {
        var score = kind switch { 0 => _random.Next(97, 101), 1 => _random.Next(0, 4), 2 => _random.Next(60, 62), _ => _random.Next(0, 101) };
        var values = new Dictionary<string, int> { [""] = score * 10_000 };
        if (_random.Next(3) > 0)
        {
            values["logic"] = _random.Next(0, 101) * 10_000;
        }

        return values;
    }

    private T Pick<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];
}
