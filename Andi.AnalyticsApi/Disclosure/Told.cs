namespace Andi.AnalyticsApi.Disclosure;

/// <summary>
/// What a release has told of whom: values by person and measure, and in which block. A value that was told once brings nothing new when it is told again, so
/// people who only return to it do not hide who changes with them.
/// </summary>
internal sealed class Told
{
    private const int Several = -1;

    private readonly Dictionary<(ulong Person, int Measure, int Value), int> _blocks = [];

    public Told(Release release)
    {
        foreach (var entry in release.Former)
        {
            Add(entry, Several);
        }

        for (var block = 0; block < release.Blocks.Count; block++)
        {
            AddAll(release.Blocks[block].Ever, block);
        }
    }

    public void AddAll(IEnumerable<Entry> entries, int block)
    {
        foreach (var entry in entries)
        {
            Add(entry, block);
        }
    }

    public bool IsNew(Entry entry, int measure) =>
        entry.Value(measure) is { } value && !_blocks.ContainsKey((entry.Person, measure, value));

    /// <summary>Whether no other block has ever told it.</summary>
    public bool IsOnlyOf(int block, Entry entry, int measure) =>
        entry.Value(measure) is { } value && _blocks.GetValueOrDefault((entry.Person, measure, value), Several) == block;

    private void Add(Entry entry, int block)
    {
        for (var measure = 0; measure < entry.Values.Length; measure++)
        {
            if (entry.Values[measure] is { } value)
            {
                var key = (entry.Person, measure, value);
                _blocks[key] = _blocks.TryGetValue(key, out var known) && known != block ? Several : block;
            }
        }
    }
}
