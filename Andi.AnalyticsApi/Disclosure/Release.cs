using System.Text.Json.Serialization;
using Andi.ChangeEvents;

namespace Andi.AnalyticsApi.Disclosure;

/// <summary>
/// What is told of one set of people: disjoint blocks of people, each large enough. Whatever is shown is a function of whole blocks, so what follows from any
/// answers follows from the blocks. docs/privacy.md says why this is enough, over time as well.
/// </summary>
/// <param name="Measures">The names of what is measured; the first is what everybody has.</param>
/// <param name="Atoms">The smallest places there are, each by its path from the outside in.</param>
/// <param name="Blocks">What may be told.</param>
/// <param name="Waiting">Atoms whose people are in no block.</param>
/// <param name="Former">What was told of people in blocks that are no more.</param>
/// <param name="At">The rows were looked at last when everything up to this position was in them.</param>
internal sealed record Release(
    IReadOnlyList<string> Measures, IReadOnlyList<string[]> Atoms, IReadOnlyList<Block> Blocks, IReadOnlyList<WaitingAtom> Waiting,
    IReadOnlyList<Entry> Former, Position At)
{
    /// <summary>Everything up to it is in what is told, except of places that are withheld.</summary>
    [JsonIgnore]
    public Position Reflects => Blocks.Select(block => block.At).Concat(Waiting.Where(atom => atom.Since is not null).Select(atom => atom.Since!.Value))
        .DefaultIfEmpty(At).Min();
}

/// <summary>An atom whose people are too few to be told of.</summary>
/// <param name="Since">What is told of the places around it is complete up to this position; null where it never was.</param>
internal sealed record WaitingAtom(int Atom, Position? Since);

/// <summary>A step of a block: what it began with, or what was different the next time that it was told.</summary>
internal sealed record Step(IReadOnlyList<Entry> Came, IReadOnlyList<Entry> Went);

/// <summary>People who are told of together.</summary>
/// <param name="Atoms">Whose people are in it, and no others.</param>
/// <param name="Steps">How it came to be what is told.</param>
/// <param name="Lost">Measures that are not told of this block, as an answer would tell of few people.</param>
/// <param name="At">Everything up to it is in what is told.</param>
internal sealed record Block(IReadOnlyList<int> Atoms, IReadOnlyList<Step> Steps, IReadOnlyList<int> Lost, Position At)
{
    private IReadOnlyList<Entry>? _people;

    /// <summary>How it came to be what is told.</summary>
    public IReadOnlyList<Step> Steps
    {
        get;
        init
        {
            field = value;

            // Else a copy with other steps would keep who was in the original.
            _people = null;
        }
    }
    = Steps;

    /// <summary>Who is in it, as it is told.</summary>
    [JsonIgnore]
    public IReadOnlyList<Entry> People => _people ??= Steps.Count == 1 ? Steps[0].Came : Fold();

    /// <summary>Whoever was ever told of in it.</summary>
    [JsonIgnore]
    public IEnumerable<Entry> Ever => Steps.SelectMany(step => step.Came);

    /// <summary>The values of a measure.</summary>
    public List<int> Values(int measure) => [.. People.Select(person => person.Value(measure)).OfType<int>()];

    private List<Entry> Fold()
    {
        var people = new Dictionary<ulong, Entry>();
        foreach (var step in Steps)
        {
            foreach (var entry in step.Went)
            {
                people.Remove(entry.Person);
            }

            foreach (var entry in step.Came)
            {
                people[entry.Person] = entry;
            }
        }

        return [.. people.Values];
    }
}
