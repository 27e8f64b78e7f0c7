namespace Andi.Cli.Check;

/// <summary>A key on which two sides differ.</summary>
/// <param name="Key">Of the row or group, or the offset.</param>
/// <param name="Stands">What there is; null for nothing.</param>
/// <param name="Should">What there should be; null for nothing.</param>
internal sealed record Difference(string Key, string? Stands, string? Should);

/// <summary>What a part of the check found on one subject. However much differs, what is kept of it is bounded.</summary>
/// <param name="part">One of <see cref="CheckParts"/>.</param>
/// <param name="subject">A partition of a topic, a table, or a data test.</param>
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

    /// <summary>Many that should not be there, of which only some are known.</summary>
    /// <param name="count">How many.</param>
    /// <param name="some">Some of them.</param>
    /// <param name="should">What should be true of all.</param>
    public void AddAll(long count, IEnumerable<string> some, string should)
    {
        Differences += count;
        _shown.AddRange(some.Take(MaxShown - _shown.Count).Select(key => new Difference(key, "fails", should)));
    }
}

/// <summary>The parts of the check, as the command line names them.</summary>
internal static class CheckParts
{
    public const string Offsets = "offsets";
    public const string Aggregates = "aggregates";
    public const string Rows = "rows";
    public const string Tests = "tests";
    public const string Audit = "audit";

    public static readonly IReadOnlyList<string> All = [Offsets, Aggregates, Rows, Tests, Audit];
}
