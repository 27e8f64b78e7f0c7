namespace Andi.Cli.Check;

/// <summary>A key on which two sides differ.</summary>
/// <param name="Key">Of the row or group, or the offset.</param>
/// <param name="Stands">What there is; null for nothing.</param>
/// <param name="Should">What there should be; null for nothing.</param>
internal sealed record Difference(string Key, string? Stands, string? Should);

/// <summary>What a part of the check found on one subject. However much differs, what is kept of it is bounded.</summary>
/// <param name="part"><c>offsets</c>, <c>aggregates</c> or <c>rows</c>.</param>
/// <param name="subject">A partition of a topic, or a table.</param>
internal sealed class Findings(string part, string subject)
{
    /// <summary>How many differences are kept, to be shown.</summary>
    public const int MaxShown = 20;

    private readonly List<Difference> _shown = [];

    public string Part => part;

    public string Subject => subject;

    /// <summary>Offsets, groups or rows that were compared.</summary>
    public long Compared { get; set; }

    public long Differences { get; private set; }

    /// <summary>The first ones.</summary>
    public IReadOnlyList<Difference> Shown => _shown;

    public void Add(string key, string? stands, string? should)
    {
        Differences++;
        if (_shown.Count < MaxShown)
        {
            _shown.Add(new Difference(key, stands, should));
        }
    }
}
