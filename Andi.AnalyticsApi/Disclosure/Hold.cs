namespace Andi.AnalyticsApi.Disclosure;

/// <summary>
/// Whether a block may be told anew. Of any two states that were told, and of any sum of multiples of them, the minimum of people must remain: either as many
/// come with a value that was never told, or, of those in the block since it was first told, as many go while as many stay. docs/privacy.md has the proof.
/// </summary>
internal sealed class Hold(GroupRule rule, Told told)
{
    /// <summary>The block with its people as they are now; the same one, of the older position, where that would tell of too few.</summary>
    /// <param name="number">The block's number among those of the release.</param>
    /// <param name="measures">How many measures there are.</param>
    /// <returns>Null where nothing may be told anew.</returns>
    public Block? Move(Block block, int number, Draft now, int measures)
    {
        var before = block.People.ToDictionary(entry => entry.Person);
        var after = now.People.ToDictionary(entry => entry.Person);
        var step = new Step(
            [.. after.Values.Where(entry => !before.TryGetValue(entry.Person, out var old) || !old.IsSame(entry))],
            [.. before.Values.Where(entry => !after.TryGetValue(entry.Person, out var next) || !next.IsSame(entry))]);
        if (rule.Has(Protections.Hold) && !(rule.IsSafe(Values(now.People, 0)) && IsTold(block, number, step, 0)))
        {
            return null;
        }

        var lost = block.Lost.ToList();
        for (var measure = 1; rule.Has(Protections.Hold) && measure < measures; measure++)
        {
            if (!lost.Contains(measure) && !(IsSafeOrNone(now.People, measure) && IsTold(block, number, step, measure)))
            {
                lost.Add(measure);
            }
        }

        told.AddAll(step.Came, number);
        return block with { Atoms = now.Atoms, Steps = [.. block.Steps, step], Lost = lost };
    }

    /// <summary>The measures that are not told of people who are a block for the first time.</summary>
    public List<int> Lost(IReadOnlyList<Entry> people, int measures) =>
        [.. Enumerable.Range(1, Math.Max(0, measures - 1)).Where(measure => !(IsSafeOrNone(people, measure) && HasEnoughNew(people, measure)))];

    /// <summary>Whether people may be a block of their own.</summary>
    public bool IsBlock(IReadOnlyList<Entry> people) => rule.IsSafe(Values(people, 0)) && IsNewEnough(people);

    /// <summary>Whether people of blocks that are told already may be told in other blocks from now on.</summary>
    public bool IsChange(IReadOnlyList<Entry> before, IReadOnlyList<Entry> now, int measure)
    {
        var (came, went) = Difference(before.ToDictionary(entry => entry.Person), now.ToDictionary(entry => entry.Person), measure);
        return rule.IsSafeChange(came, went);
    }

    private static List<int> Values(IReadOnlyList<Entry> people, int measure) => [.. people.Select(entry => entry.Value(measure)).OfType<int>()];

    private bool IsSafeOrNone(IReadOnlyList<Entry> people, int measure) => Values(people, measure) is var values && (values.Count == 0 || rule.IsSafe(values));

    private bool IsNewEnough(IReadOnlyList<Entry> people) => !rule.Has(Protections.Hold) || HasEnoughNew(people, 0);

    private bool HasEnoughNew(IReadOnlyList<Entry> people, int measure) =>
        people.All(entry => entry.Value(measure) is null) || people.Count(entry => told.IsNew(entry, measure)) >= rule.Minimum;

    private bool IsTold(Block block, int number, Step step, int measure)
    {
        var came = step.Came.ToDictionary(entry => entry.Person);
        var went = step.Went.ToDictionary(entry => entry.Person);
        var (added, removed) = Difference(went, came, measure);
        if (added.Count + removed.Count == 0)
        {
            return true;
        }

        var fresh = came.Values.Where(entry => told.IsNew(entry, measure)).Select(entry => entry.Person).ToHashSet();
        var moved = block.Steps.Skip(1).SelectMany(one => one.Came.Concat(one.Went)).Select(entry => entry.Person).ToHashSet();
        var first = block.Steps[0].Came.Where(entry => !moved.Contains(entry.Person) && told.IsOnlyOf(number, entry, measure)).ToList();
        var gone = first.Where(entry => went.ContainsKey(entry.Person) && Next(entry) != entry.Value(measure)).Select(entry => entry.Person).ToHashSet();
        var staying = first.Count - gone.Count;
        gone.UnionWith(fresh);
        return gone.Count >= rule.Minimum && fresh.Count + staying >= rule.Minimum && rule.IsSafeChange(added, removed);

        int? Next(Entry entry) => came.GetValueOrDefault(entry.Person)?.Value(measure);
    }

    // Who has the same value before and after is no difference, wherever.
    private static (List<int> Came, List<int> Went) Difference(Dictionary<ulong, Entry> before, Dictionary<ulong, Entry> after, int measure)
    {
        return (Only(after, before), Only(before, after));

        List<int> Only(Dictionary<ulong, Entry> people, Dictionary<ulong, Entry> others) =>
        [
            .. people.Values.Where(entry => others.GetValueOrDefault(entry.Person)?.Value(measure) != entry.Value(measure))
                .Select(entry => entry.Value(measure)).OfType<int>(),
        ];
    }
}
