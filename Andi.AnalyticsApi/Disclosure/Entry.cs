namespace Andi.AnalyticsApi.Disclosure;

/// <summary>What one person contributes, at one place.</summary>
/// <param name="Person">Stands for the person: a keyed hash of the id.</param>
/// <param name="Atom">The place, as its index among the atoms of the release.</param>
/// <param name="Values">By measure; null, or beyond the end, where the person has none. Everybody has the first.</param>
internal sealed record Entry(ulong Person, int Atom, int?[] Values)
{
    /// <summary>The value of a measure; null where there is none.</summary>
    public int? Value(int measure) => measure < Values.Length ? Values[measure] : null;

    /// <summary>Whether nothing of it differs: place and values.</summary>
    public bool IsSame(Entry other)
    {
        if (Atom != other.Atom || Person != other.Person)
        {
            return false;
        }

        for (var measure = 0; measure < Math.Max(Values.Length, other.Values.Length); measure++)
        {
            if (Value(measure) != other.Value(measure))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A person's row as it is now.</summary>
/// <param name="Path">The place, from the outside in: the children of the tree's root first.</param>
/// <param name="Values">By name of the measure.</param>
internal sealed record LiveRow(ulong Person, string[] Path, IReadOnlyDictionary<string, int> Values);
