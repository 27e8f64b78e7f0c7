using System.Text.RegularExpressions;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Imports.Mapping;

/// <summary>Takes a part of a text: <c>2024-2025</c> of <c>Fall 2024-2025</c>.</summary>
internal sealed class CellPattern(string pattern)
{
    private const int MaxLength = 200;

    // Without backtracking the time grows with the text alone; the limit is for a text of a megabyte.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(1);

    private readonly Regex _regex = new(pattern, Options, Within);

    /// <summary>Why the pattern cannot be used; null where it can.</summary>
    public static string? Check(string pattern)
    {
        if (pattern.Length is 0 or > MaxLength)
        {
            return $"must be a regular expression of 1 to {MaxLength} characters with one group";
        }

        try
        {
            return new Regex(pattern, Options, Within).GetGroupNumbers().Length == 2
                ? null
                : @"must have one group, which is the part that counts, as in (\d{4}-\d{4})$; others are written (?:…)";
        }
        catch (ArgumentException exception)
        {
            return $"is not a regular expression: {exception.Message}";
        }
        catch (NotSupportedException)
        {
            return "is not allowed: it looks ahead or back, refers back to a group, or is too large";
        }
    }

    /// <summary>Replaces the text by the part that counts, or returns the reason why there is none.</summary>
    public string? Apply(ref string text)
    {
        try
        {
            if (_regex.Match(text) is { Success: true } match)
            {
                text = match.Groups[1].Value;
                return null;
            }

            return $"does not match the mapping's pattern {pattern}: '{TextForm.Excerpt(text)}'";
        }
        catch (RegexMatchTimeoutException)
        {
            return $"takes too long to match the mapping's pattern {pattern}";
        }
    }
}
