namespace Andi.Oltp.Validation;

/// <summary>Which of the known names somebody may have meant who wrote another one.</summary>
public static class NearNames
{
    /// <summary>The known name with the fewest edits (letters put in, taken out or changed; case and underscores aside); null where none is near.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        var given = Plain(name);
        var near = known.Select(one => (Name: one, Edits: Edits(given, Plain(one)))).OrderBy(one => one.Edits).FirstOrDefault();
        return near.Name is not null && near.Edits <= Math.Max(2, given.Length / 3) && near.Edits < given.Length ? near.Name : null;
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    // Levenshtein's distance, a row of the table at a time.
    private static int Edits(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
