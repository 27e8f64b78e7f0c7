using Andi.ChangeEvents;

namespace Andi.AnalyticsApi.Disclosure;

/// <summary>
/// Brings a release up to the rows as they are, as far as that may be told. A block moves on where enough of its people changed; people of places that are in
/// no block become blocks of their own where they are enough, or join a block of the same outer place when it moves on.
/// </summary>
internal sealed class NextRelease
{
    private readonly Release? _before;
    private readonly GroupRule _rule;
    private readonly Position _at;
    private readonly List<string> _measures;
    private readonly List<string[]> _atoms;
    private readonly ILookup<int, Entry> _live;
    private readonly Hold _hold;
    private readonly Told _told;
    private readonly List<Entry> _former;

    private NextRelease(Release? before, IReadOnlyCollection<LiveRow> rows, Position at, GroupRule rule)
    {
        _before = before;
        _rule = rule;
        _at = at;
        _measures = [.. before?.Measures ?? [""]];
        _atoms = [.. before?.Atoms ?? []];
        _former = [.. before?.Former ?? []];
        _live = Entries(rows).ToLookup(entry => entry.Atom);
        _told = new Told(before ?? new Release([], [], [], [], [], default));
        _hold = new Hold(rule, _told);
    }

    /// <param name="before">Null for the first one.</param>
    /// <param name="rows">As they are; a person is in there once.</param>
    /// <param name="at">Everything up to it is in the rows.</param>
    public static Release Of(Release? before, IReadOnlyCollection<LiveRow> rows, Position at, GroupRule rule) =>
        new NextRelease(before, rows, at, rule).Make();

    private Release Make()
    {
        var old = _before?.Blocks ?? [];
        var owned = old.SelectMany(block => block.Atoms).ToHashSet();
        var loose = _live.Select(people => people.Key).Where(atom => !owned.Contains(atom)).Select(Part).ToList();
        var (drafts, rest) = Builder(extends: old.Count == 0).Build(loose);
        var homes = Homes(rest, old);

        var blocks = new List<Block>();
        var joined = new HashSet<int>();
        for (var number = 0; number < old.Count; number++)
        {
            var now = Draft.Of([.. old[number].Atoms.Select(Part)]);
            var guests = homes[number].Select(Part).ToList();
            if (IsSame(old[number].People, now.People) && guests.Count == 0)
            {
                blocks.Add(old[number] with { At = _at });
            }
            else if (Split(old[number], now) is { } parts)
            {
                _former.AddRange(old[number].Ever);
                blocks.AddRange(parts);
            }
            else if (guests.Count > 0 && _hold.Move(old[number], number, Draft.Of([now, .. guests]), _measures.Count) is { } larger)
            {
                joined.UnionWith(homes[number]);
                blocks.Add(larger with { At = _at });
            }
            else if (IsSame(old[number].People, now.People))
            {
                blocks.Add(old[number] with { At = _at });
            }
            else
            {
                blocks.Add(_hold.Move(old[number], number, now, _measures.Count) is { } moved ? moved with { At = _at } : old[number]);
            }
        }

        // Their people are in no other block, or were not told there before: all of them are new.
        blocks.AddRange(drafts.Select(Fresh));
        var since = (_before?.Waiting ?? []).ToDictionary(atom => atom.Atom, atom => atom.Since);
        var waiting = (rest?.Atoms ?? []).Where(atom => !joined.Contains(atom))
            .Select(atom => new WaitingAtom(atom, since.TryGetValue(atom, out var known) ? known : _before?.At));
        return new Release(_measures, _atoms, blocks, [.. waiting], _former, _at);
    }

    private Draft Part(int atom) => new([atom], [.. _live[atom]]);

    private BlockBuilder Builder(bool extends) => new(_atoms, _hold.IsBlock, extends, _rule.Has(Protections.Complementary));

    private Block Fresh(Draft draft)
    {
        var lost = _hold.Lost(draft.People, _measures.Count);
        _told.AddAll(draft.People, int.MaxValue);
        return new Block(draft.Atoms, [new Step(draft.People, [])], lost, _at);
    }

    // Smaller blocks in place of a large one, where each has enough people who were not told of in the large one.
    private List<Block>? Split(Block block, Draft now)
    {
        if (block.Atoms.Count == 1 || !_rule.Has(Protections.Hold))
        {
            return null;
        }

        var (drafts, rest) = Builder(extends: true).Build([.. now.Atoms.Where(_live.Contains).Select(Part)]);
        if (rest is not null || drafts.Count < 2 || !_hold.IsChange(block.People, now.People, 0))
        {
            return null;
        }

        var lost = Enumerable.Range(1, _measures.Count - 1).Where(measure => !_hold.IsChange(block.People, now.People, measure)).ToList();
        return [.. drafts.Select(Fresh).Select(part => part with { Lost = [.. part.Lost.Union(lost)] })];
    }

    // By number of the block: the atoms that join it. Of the same outermost place, as else two such places would be told of together from then on.
    private ILookup<int, int> Homes(Draft? rest, IReadOnlyList<Block> blocks)
    {
        return (rest?.Atoms ?? []).Select(atom => (Atom: atom, Home: Home(atom))).Where(pair => pair.Home is not null)
            .ToLookup(pair => pair.Home!.Value, pair => pair.Atom);

        int? Home(int atom)
        {
            var best = Enumerable.Range(0, blocks.Count)
                .Select(number => (Number: number, Depth: blocks[number].Atoms.Max(other => Shared(_atoms[other], _atoms[atom])), blocks[number].People.Count))
                .Where(block => block.Depth > 0)
                .OrderByDescending(block => block.Depth).ThenBy(block => block.Count).FirstOrDefault((Number: -1, Depth: 0, Count: 0));
            return best.Number < 0 ? null : best.Number;
        }

        static int Shared(string[] one, string[] other) => one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
    }

    private List<Entry> Entries(IReadOnlyCollection<LiveRow> rows)
    {
        var atoms = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var atom = 0; atom < _atoms.Count; atom++)
        {
            atoms[Name(_atoms[atom])] = atom;
        }

        var entries = new Dictionary<ulong, Entry>(rows.Count);
        foreach (var row in rows)
        {
            var name = Name(row.Path);
            if (!atoms.TryGetValue(name, out var atom))
            {
                atoms.Add(name, atom = _atoms.Count);
                _atoms.Add(row.Path);
            }

            foreach (var measure in row.Values.Keys.Where(key => !_measures.Contains(key)).Order(StringComparer.Ordinal))
            {
                _measures.Add(measure);
            }

            entries[row.Person] = new Entry(
                row.Person, atom, [.. _measures.Select(measure => row.Values.TryGetValue(measure, out var value) ? value : (int?)null)]);
        }

        return [.. entries.Values];

        static string Name(string[] path) => string.Join('\0', path);
    }

    private static bool IsSame(IReadOnlyList<Entry> before, IReadOnlyList<Entry> now)
    {
        if (before.Count != now.Count)
        {
            return false;
        }

        var known = before.ToDictionary(entry => entry.Person);
        return now.All(entry => known.TryGetValue(entry.Person, out var old) && old.IsSame(entry));
    }
}
