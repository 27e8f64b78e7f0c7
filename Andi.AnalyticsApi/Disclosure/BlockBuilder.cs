namespace Andi.AnalyticsApi.Disclosure;

/// <summary>The people of some atoms.</summary>
internal sealed record Draft(IReadOnlyList<int> Atoms, IReadOnlyList<Entry> People)
{
    public static Draft Of(IReadOnlyCollection<Draft> drafts) =>
        new([.. drafts.SelectMany(draft => draft.Atoms)], [.. drafts.SelectMany(draft => draft.People)]);
}

/// <summary>
/// Puts atoms together to blocks, along the tree that their paths make, from its leaves to its root. What is too small at one node is put together with its
/// like there, and where that is too small still, with the smallest block beside it: else the whole and the
/// other blocks would give it away.
/// </summary>
/// <param name="atoms">The paths.</param>
/// <param name="isSafe">Whether people may be told of together.</param>
/// <param name="extends">Whether what is too small is put together with others. Not where nothing is told of it yet, so that nothing gives it away.</param>
/// <param name="isComplementary">False only to see what happens without: each atom stays alone, and is told of with everything around it.</param>
internal sealed class BlockBuilder(IReadOnlyList<string[]> atoms, Func<IReadOnlyList<Entry>, bool> isSafe, bool extends, bool isComplementary)
{
    /// <summary>The blocks; and what is in none of them, which can be told of with nothing around it. Null where nothing is.</summary>
    public (List<Draft> Blocks, Draft? Left) Build(IReadOnlyCollection<Draft> parts) => Node(parts, 0);

    private (List<Draft> Blocks, Draft? Left) Node(IReadOnlyCollection<Draft> parts, int depth)
    {
        if (parts.Count == 0)
        {
            return ([], null);
        }

        if (depth == atoms[parts.First().Atoms[0]].Length)
        {
            var leaf = Draft.Of(parts);
            return !isComplementary || isSafe(leaf.People) ? ([leaf], null) : ([], leaf);
        }

        var blocks = new List<Draft>();
        var rests = new List<Draft>();
        foreach (var child in parts.GroupBy(part => atoms[part.Atoms[0]][depth], StringComparer.Ordinal).OrderBy(child => child.Key, StringComparer.Ordinal))
        {
            var (safe, rest) = Node([.. child], depth + 1);
            blocks.AddRange(safe);
            if (rest is not null)
            {
                rests.Add(rest);
            }
        }

        if (rests.Count == 0)
        {
            return (blocks, null);
        }

        var pool = Draft.Of(rests);
        while (!isSafe(pool.People))
        {
            if (blocks.Count == 0 || !extends)
            {
                return (blocks, pool);
            }

            var smallest = blocks.MinBy(block => block.People.Count)!;
            blocks.Remove(smallest);
            pool = Draft.Of([pool, smallest]);
        }

        blocks.Add(pool);
        return (blocks, null);
    }
}
