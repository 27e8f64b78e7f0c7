using System.Collections.Frozen;

namespace Andi.Oltp.Imports.Mapping;

/// <summary>How a file that was made for others is read as one of Andi's: the part <c>mapping</c> of an import, or what a profile ships.</summary>
public sealed record ImportMapping
{
    /// <summary>The field that each column of the file is; null: nothing is read from it. Names are compared by <see cref="ColumnNames.Key"/>.</summary>
    public IReadOnlyDictionary<string, string?> Columns { get; init; } = FrozenDictionary<string, string?>.Empty;

    /// <summary>The columns without which a file is refused: those that the caller named, not those that a profile knows of.</summary>
    public IReadOnlyList<string> Expected { get; init; } = [];

    /// <summary>Values of fields that the file does not have, as Andi writes them.</summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>By field the value for each text of the file; other texts are read as they stand.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Values { get; init; } =
        FrozenDictionary<string, IReadOnlyDictionary<string, string>>.Empty;

    /// <summary>By field a regular expression whose one group is the part of the text that counts; null: the whole text, whatever the profile says.</summary>
    public IReadOnlyDictionary<string, string?> Patterns { get; init; } = FrozenDictionary<string, string?>.Empty;

    /// <summary>Forms of dates beside ISO 8601, such as <c>M/d/yyyy</c>. Null, as in the members that follow: as the profile says, or not at all.</summary>
    public IReadOnlyList<string>? DateFormats { get; init; }

    /// <summary>Fields without which a row is passed over: a line for a student who did not take the test.</summary>
    public IReadOnlyList<string>? SkipWithout { get; init; }

    /// <summary>Decimals come behind a comma.</summary>
    public bool? DecimalComma { get; init; }

    /// <summary>How many decimal places numbers are rounded to, half away from zero; at most as many as their field may have.</summary>
    public int? Round { get; init; }

    /// <summary>Values beyond an end of their scale become that end; else they are rejected.</summary>
    public bool? Clamp { get; init; }

    /// <summary>White space around values does not count.</summary>
    public bool? Trim { get; init; }

    /// <summary>Only the columns that are named are read.</summary>
    public bool? IgnoreRest { get; init; }

    /// <summary>Quotes may stand where RFC 4180 has none; text after a closing quote belongs to the value.</summary>
    public bool? LenientQuotes { get; init; }

    /// <summary>Between columns; a comma where it is not given.</summary>
    public char? Separator { get; init; }

    /// <summary>What is done with values that are off their scale; null: nothing.</summary>
    public ScaleFit? Fit => Clamp == true || Round == MappingReader.AsAllowed ? new ScaleFit(Clamp == true, Round == MappingReader.AsAllowed) : null;

    /// <summary>This mapping laid over a profile's: what it says counts, the rest is the profile's.</summary>
    /// <remarks>Where it names another column or a constant for a field, the profile's column, constant and pattern for that field are gone.</remarks>
    public ImportMapping Over(ImportMapping profile)
    {
        var given = Columns.Values.OfType<string>().Concat(Constants.Keys).ToHashSet(StringComparer.Ordinal);
        var columns = profile.Columns.Where(column => !given.Contains(column.Value ?? "")).ToDictionary(column => ColumnNames.Key(column.Key));
        foreach (var column in Columns)
        {
            columns[ColumnNames.Key(column.Key)] = column;
        }

        return new ImportMapping
        {
            Columns = columns.Values.ToDictionary(),
            Expected = Expected,
            Constants = Merge(profile.Constants.Where(constant => !given.Contains(constant.Key)), Constants),
            Values = Merge(profile.Values, Values.Select(values => KeyValuePair.Create(values.Key, MergeValues(profile, values.Key, values.Value)))),
            Patterns = Merge(profile.Patterns.Where(pattern => !given.Contains(pattern.Key)), Patterns),
            DateFormats = DateFormats ?? profile.DateFormats,
            SkipWithout = SkipWithout ?? profile.SkipWithout,
            DecimalComma = DecimalComma ?? profile.DecimalComma,
            Round = Round ?? profile.Round,
            Clamp = Clamp ?? profile.Clamp,
            Trim = Trim ?? profile.Trim,
            IgnoreRest = IgnoreRest ?? profile.IgnoreRest,
            LenientQuotes = LenientQuotes ?? profile.LenientQuotes,
            Separator = Separator ?? profile.Separator,
        };
    }

    private static IReadOnlyDictionary<string, string> MergeValues(ImportMapping profile, string field, IReadOnlyDictionary<string, string> values) =>
        profile.Values.TryGetValue(field, out var shipped) ? Merge(shipped, values) : values;

    private static Dictionary<string, T> Merge<T>(IEnumerable<KeyValuePair<string, T>> below, IEnumerable<KeyValuePair<string, T>> above)
    {
        var merged = new Dictionary<string, T>(below);
        foreach (var (key, value) in above)
        {
            merged[key] = value;
        }

        return merged;
    }
}

/// <summary>How rows are brought onto the scale of what they refer to.</summary>
/// <param name="Clamps">A value beyond an end of the scale becomes that end: extra credit counts as the highest score.</param>
/// <param name="Rounds">Decimals that the scale does not have are rounded, half away from zero.</param>
public sealed record ScaleFit(bool Clamps, bool Rounds);
