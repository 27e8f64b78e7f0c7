namespace Andi.AnalyticsApi.Disclosure;

/// <summary>Whether the caller knows a person's row anyway; null for one who knows none.</summary>
/// <param name="path">The person's place.</param>
internal delegate bool Knows(Entry entry, string[] path);

/// <summary>What is told of a group of people: of a measure, in its own units, exact where nothing else is said.</summary>
/// <param name="Count">How many people have a value.</param>
/// <param name="Median">Null where that would be a person's value; like what follows rounded to a hundredth of the scale's range.</param>
/// <param name="Deviation">Of the whole population; like the quartiles null below twice the minimum of people.</param>
/// <param name="Shares">Between which bounds the part of the values lies that is in each of the ranges that were asked for.</param>
internal sealed record Figures(
    int Count, double Average, double? Median, double? LowerQuartile, double? UpperQuartile, double? Deviation,
    IReadOnlyList<(double Low, double High)> Shares);

/// <summary>A group of people in a release: those whose paths it contains.</summary>
/// <param name="release">What is told of whom.</param>
/// <param name="contains">By path.</param>
internal sealed class Group(Release release, Func<string[], bool> contains)
{
    /// <summary>Whether the release knows a place of it that it is withheld for, or tells of.</summary>
    public bool Exists => release.Blocks.Any(block => block.Atoms.Any(IsIn)) || release.Waiting.Any(atom => atom.Since is null && IsIn(atom.Atom));

    /// <summary>The figures of groups that are one; null where they are withheld, from everybody or as this caller knows some of the people.</summary>
    /// <param name="groups">Those that exist, of releases with values on one scale, and of each whom the caller knows.</param>
    /// <param name="measure">A measure that <see cref="Has"/>.</param>
    /// <param name="edges">Where each range begins of which the shares are asked for, ascending; the first at the lowest value. Empty: none.</param>
    public static Figures? Of(IReadOnlyCollection<(Group Group, Knows? Knows)> groups, string measure, GroupRule rule, IReadOnlyList<int> edges)
    {
        var blocks = new List<(Block Block, int Measure)>();
        foreach (var (group, knows) in groups)
        {
            if (group.Whole(measure, rule, knows) is not { } whole)
            {
                return null;
            }

            blocks.AddRange(whole.Select(block => (block, group.IndexOf(measure))));
        }

        var values = blocks.SelectMany(block => block.Block.Values(block.Measure)).Order().ToList();
        if (!rule.IsSafe(values))
        {
            return null;
        }

        var average = values.Average();
        var isLarge = values.Count >= 2 * rule.Minimum;
        return new Figures(
            values.Count, average, Rounded(Quantile(0.5)), isLarge ? Rounded(Quantile(0.25)) : null, isLarge ? Rounded(Quantile(0.75)) : null,
            isLarge ? Rounded(Math.Sqrt(values.Average(value => (value - average) * (value - average)))) : null, Shares(blocks, values.Count, rule, edges));

        double Rounded(double value) => Math.Round(value / rule.Rounding) * rule.Rounding;

        double Quantile(double p)
        {
            var position = p * (values.Count - 1);
            var (below, above) = (values[(int)Math.Floor(position)], values[(int)Math.Ceiling(position)]);
            return below + ((position - Math.Floor(position)) * (above - below));
        }
    }

    /// <summary>Whether anybody of it has a value of the measure, or that is withheld.</summary>
    public bool Has(string measure) => IndexOf(measure) is >= 0 and var index
        && release.Blocks.Any(block => block.Atoms.Any(IsIn) && block.People.Any(person => person.Value(index) is not null));

    private int IndexOf(string measure) => release.Measures.ToList().IndexOf(measure);

    private bool IsIn(int atom) => contains(release.Atoms[atom]);

    // The blocks that the group is made of; null where it is not made of whole ones, or something of one may not be told.
    private List<Block>? Whole(string measure, GroupRule rule, Knows? knows)
    {
        var index = IndexOf(measure);
        var whole = new List<Block>();
        foreach (var block in release.Blocks)
        {
            var inside = block.Atoms.Count(IsIn);
            if (inside == 0)
            {
                continue;
            }

            var isWhole = inside == block.Atoms.Count;
            if ((!isWhole && rule.Has(Protections.Lattice)) || block.Lost.Contains(index) || IsPartlyKnown(block, rule, knows))
            {
                return null;
            }

            whole.Add(isWhole ? block : block with { Steps = [new Step([.. block.People.Where(person => IsIn(person.Atom))], [])] });
        }

        return release.Waiting.Any(atom => atom.Since is null && IsIn(atom.Atom)) ? null : whole;
    }

    private bool IsPartlyKnown(Block block, GroupRule rule, Knows? knows)
    {
        if (knows is null || !rule.Has(Protections.OwnKnowledge))
        {
            return false;
        }

        var known = block.Ever.Select(person => knows(person, release.Atoms[person.Atom])).Distinct().Count();
        return known > 1;
    }

    // Ranges add up; each is of people who were told of together, or changed together.
    private static List<(double Low, double High)> Shares(
        IReadOnlyList<(Block Block, int Measure)> blocks, int count, GroupRule rule, IReadOnlyList<int> edges)
    {
        if (edges.Count == 0)
        {
            return [];
        }

        var (low, high) = (new long[edges.Count], new long[edges.Count]);
        foreach (var (block, measure) in blocks)
        {
            foreach (var step in block.Steps)
            {
                var same = step.Came.Concat(step.Went).GroupBy(entry => (entry.Person, entry.Value(measure))).Where(pair => pair.Count() > 1)
                    .Select(pair => pair.Key.Person).ToHashSet();
                var (came, went) = (Coded(step.Came), Coded(step.Went));
                for (var range = 0; range < edges.Count; range++)
                {
                    low[range] += came[range].Low - went[range].High;
                    high[range] += came[range].High - went[range].Low;
                }

                (long Low, long High)[] Coded(IReadOnlyList<Entry> people)
                {
                    var counts = new long[edges.Count];
                    foreach (var value in people.Where(person => !same.Contains(person.Person)).Select(person => person.Value(measure)).OfType<int>())
                    {
                        counts[Math.Max(0, edges.TakeWhile(edge => edge <= value).Count() - 1)]++;
                    }

                    return rule.Coded(counts);
                }
            }
        }

        return
        [
            .. low.Zip(high).Select(range => (
                Math.Round(Math.Clamp(range.First, 0, count) / (double)count, 4), Math.Round(Math.Clamp(range.Second, 0, count) / (double)count, 4))),
        ];
    }
}
