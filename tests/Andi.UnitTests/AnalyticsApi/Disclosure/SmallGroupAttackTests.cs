using System.Diagnostics;
using Andi.AnalyticsApi.Disclosure;
using Andi.ChangeEvents;

namespace Andi.UnitTests.AnalyticsApi.Disclosure;

/// <summary>
/// Somebody asks every question of small districts again and again while these are written to, and solves what follows. Fewer people than the minimum
/// are never pinned down: their average stays open by 5 % of the scale's range at least, as far as the coding of a group of the minimum leaves open. What one
/// person had is such a set, too.
/// </summary>
public sealed class SmallGroupAttackTests(ITestOutputHelper output)
{
    private const int Moments = 8;
    private const int PeopleTested = 20;
    private const double Open = 5 - 1e-6;

    public enum Caller
    {
        Analyst,
        Teacher,
        SchoolAdmin,
    }

    [Theory]
    [InlineData(Caller.Analyst, 1000)]
    [InlineData(Caller.Teacher, 2000)]
    [InlineData(Caller.SchoolAdmin, 3000)]
    public void Answers_at_any_times_and_of_any_groups_pin_down_fewer_than_the_minimum_of_people_never(Caller caller, int firstSeed)
    {
        var (worlds, watch, figures) = (Worlds(25), Stopwatch.StartNew(), new AttackFigures());
        for (var seed = firstSeed; seed < firstSeed + worlds; seed++)
        {
            Attack(seed, caller, Protections.All, figures).ShouldBeNull($"seed {seed}");
        }

        output.WriteLine($"{caller}: {worlds} districts, {figures} in {watch.Elapsed.TotalSeconds:0.0} s");
        figures.Answers.ShouldBeGreaterThan(worlds * 20, "a proof by answering nothing proves nothing");
        figures.Moved.ShouldBeGreaterThan(0, "nor does one by never telling anything new");
        figures.Split.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(Protections.Primary, Caller.Analyst)]
    [InlineData(Protections.Complementary, Caller.Analyst)]
    [InlineData(Protections.Lattice, Caller.Analyst)]
    [InlineData(Protections.Coding, Caller.Analyst)]
    [InlineData(Protections.Hold, Caller.Analyst)]
    [InlineData(Protections.OwnKnowledge, Caller.Teacher)]
    [InlineData(Protections.OwnKnowledge, Caller.SchoolAdmin)]
    internal void A_protection_that_is_off_is_found(Protections off, Caller caller)
    {
        var figures = new AttackFigures();
        var found = Enumerable.Range(5000, 60).Select(seed => Attack(seed, caller, Protections.All & ~off, figures)).FirstOrDefault(leak => leak is not null);
        output.WriteLine($"Without {off}, {caller}: {found}");
        found.ShouldNotBeNull();
    }

    private static int Worlds(int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable("ANDI_ATTACKED_DISTRICTS"), out var wanted) ? wanted : usual;

    // What is pinned down; null where nothing is.
    private static string? Attack(int seed, Caller caller, Protections on, AttackFigures figures)
    {
        var district = new SmallDistrict(seed);
        var rule = new GroupRule(district.Minimum, 0, 1_000_000, on);
        var own = district.Paths[seed % district.Paths.Count];
        Func<string[], bool> isOwn = caller switch
        {
            Caller.Teacher => path => path[2] == own[2],
            Caller.SchoolAdmin => path => path[0] == own[0],
            _ => _ => false,
        };
        using var attacker = new Attacker();
        Release? release = null;
        var cells = new List<List<ulong>>();
        var told = new HashSet<Held>();
        var mine = new HashSet<ulong>();
        var before = district.Rows.ToDictionary(row => row.Person);
        for (var moment = 1; moment <= Moments; moment++)
        {
            release = NextRelease.Of(release, district.Rows, new Position((ulong)moment, 0), rule);
            mine.UnionWith(district.Rows.Where(row => isOwn(row.Path)).Select(row => row.Person));
            Knows? knows = caller == Caller.Analyst ? null : (entry, path) => mine.Contains(entry.Person) || isOwn(path);
            foreach (var seen in Observer.Observe(release, district.Paths, rule, knows))
            {
                attacker.Learn(seen);
                told.UnionWith(seen.Of);
                figures.Answers++;
            }

            foreach (var place in Places(district))
            {
                cells.Add([.. district.Rows.Where(row => place(row.Path)).Select(row => row.Person)]);
            }

            cells.Add([.. district.Rows.Where(row => !before.TryGetValue(row.Person, out var old) || old.Values != row.Values).Select(row => row.Person)]);
            before = district.Rows.ToDictionary(row => row.Person);
            district.Write(isOwn);
        }

        foreach (var value in told.Where(value => mine.Contains(value.Person)))
        {
            attacker.Know(value);
        }

        figures.Equations += attacker.Equations;
        figures.Moved += release!.Blocks.Count(block => block.Steps.Count > 1);
        figures.Split += release.Former.Count > 0 ? 1 : 0;
        told.RemoveWhere(value => mine.Contains(value.Person));
        var random = new Random(seed);
        var sets = cells.Select(people => people.Where(person => !mine.Contains(person)).ToHashSet())
            .Where(people => people.Count > 0 && people.Count < district.Minimum)
            .SelectMany(people => told.Where(value => people.Contains(value.Person)).GroupBy(value => value.Measure)
                .Select(measure => measure.GroupBy(value => value.Person).Select(values => values.Last()).ToList()))
            .Concat(told.OrderBy(_ => random.Next()).Take(PeopleTested).Select(value => new List<Held> { value }))
            .DistinctBy(set => string.Join(',', set.Order(Comparer<Held>.Create((x, y) => (x.Person, x.Value).CompareTo((y.Person, y.Value))))));
        foreach (var set in sets)
        {
            figures.Sets++;
            var (low, high) = attacker.Average(set);
            figures.Narrowest = Math.Min(figures.Narrowest, high - low);
            if (high - low < Open)
            {
                return $"seed {seed}: {set.Count} of at least {district.Minimum}: {low:0.###} to {high:0.###}: {string.Join(", ", set)}";
            }
        }

        return null;
    }

    private static IEnumerable<Func<string[], bool>> Places(SmallDistrict district) => district.Paths
        .SelectMany(place => new Func<string[], bool>[]
        {
            path => path[2] == place[2], path => path[0] == place[0], path => path[0] == place[0] && path[1] == place[1], path => path[1] == place[1],
        });

    private sealed class AttackFigures
    {
        public int Answers { get; set; }

        public int Equations { get; set; }

        public int Sets { get; set; }

        public int Moved { get; set; }

        public int Split { get; set; }

        public double Narrowest { get; set; } = 100;

        public override string ToString() =>
            $"{Answers} answers, {Equations} equations and inequalities, {Moved} blocks that moved on, {Split} districts with one that was split, "
            + $"{Sets} sets of people, the narrowest open by {Narrowest:0.##} of 100";
    }
}
