using System.Globalization;

namespace Andi.Oltp.Imports.Mapping;

/// <summary>How names of columns and of fields are compared: whatever their case and underscores.</summary>
internal static class ColumnNames
{
    /// <summary>What comes behind the prefix of a field of which a file may have many: <c>dimension:&lt;name&gt;</c>.</summary>
    private const string AnyName = "<name>";

    /// <summary>The same for names that mean the same column.</summary>
    public static string Key(string name) => name.Trim().Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Makes names that are there more than once unique: the second <c>Error</c> is <c>Error#2</c>. Columns without a name stay so.</summary>
    public static string[] Numbered(IReadOnlyList<string> names)
    {
        var seen = new Dictionary<string, int>();
        var numbered = new string[names.Count];
        for (var index = 0; index < numbered.Length; index++)
        {
            var key = Key(names[index]);
            var count = seen[key] = seen.GetValueOrDefault(key) + 1;
            numbered[index] = count == 1 || key.Length == 0 ? names[index] : string.Create(CultureInfo.InvariantCulture, $"{names[index]}#{count}");
        }

        return numbered;
    }

    /// <summary>The field of that name as <paramref name="known"/> spells it; null where there is none.</summary>
    /// <param name="name">As somebody wrote it: <c>student_id</c>, <c>dimension:Algebra</c>.</param>
    /// <param name="known">Names, some of which may end with <c>&lt;name&gt;</c>.</param>
    public static string? FieldOf(string name, IEnumerable<string> known)
    {
        foreach (var field in known)
        {
            if (Key(field) == Key(name))
            {
                return field;
            }

            var prefix = field.EndsWith(AnyName, StringComparison.Ordinal) ? field[..^AnyName.Length] : null;
            if (prefix is not null && name.Trim().Length > prefix.Length && name.Trim().StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return prefix + name.Trim()[prefix.Length..];
            }
        }

        return null;
    }

    /// <summary>The field as a definition names it: <c>dimension:&lt;name&gt;</c> for <c>dimension:Algebra</c>.</summary>
    public static string Family(string field, IEnumerable<string> known) => known.FirstOrDefault(
        one => one.EndsWith(AnyName, StringComparison.Ordinal) && field.StartsWith(one[..^AnyName.Length], StringComparison.OrdinalIgnoreCase)) ?? field;
}
