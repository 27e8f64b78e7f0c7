using System.Globalization;
using System.Text.RegularExpressions;

namespace Andi.ChangeEvents;

/// <summary>
/// What the name of a change topic says: <c>{prefix}.{schema}.{table}</c> in the first generation, <c>{prefix}-{generation}.{schema}.{table}</c> in later
/// ones.
/// </summary>
/// <param name="Generation">The snapshot and stream that its events belong to, from 1.</param>
/// <param name="Schema">The schema of the table at its source.</param>
/// <param name="Table">The name of the table at its source.</param>
public readonly record struct ChangeTopic(int Generation, string Schema, string Table)
{
    public string NameWith(string prefix) => Generation == 1 ? $"{prefix}.{Schema}.{Table}" : $"{prefix}-{Generation}.{Schema}.{Table}";

    /// <summary>The topics of all generations, as the regular expression that a consumer subscribes to.</summary>
    public static string PatternWith(string prefix) => $"^{Regex.Escape(prefix)}(-[0-9]+)?\\.[^.]+\\.[^.]+$";

    /// <summary>The reverse of <see cref="NameWith"/>; false where the name is not one of a change topic.</summary>
    public static bool TryParse(string name, string prefix, out ChangeTopic parsed)
    {
        parsed = default;
        if (!name.StartsWith(prefix, StringComparison.Ordinal)
            || name[prefix.Length..].Split('.') is not [var suffix, { Length: > 0 } schema, { Length: > 0 } table])
        {
            return false;
        }

        var generation = 1;
        if (suffix.Length > 0
            && !(suffix[0] == '-' && int.TryParse(suffix.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out generation) && generation > 1))
        {
            return false;
        }

        parsed = new ChangeTopic(generation, schema, table);
        return true;
    }
}
