using System.Globalization;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Imports.Mapping;

/// <summary>Brings dates in forms that a mapping names to ISO 8601.</summary>
internal sealed class CellDates(IReadOnlyList<string> formats)
{
    private static readonly DateTime Sample = new(2013, 11, 28, 0, 0, 0, DateTimeKind.Unspecified);

    private readonly string[] _formats = [.. formats];

    /// <summary>Why the format cannot be used; null where it can.</summary>
    public static string? Check(string format)
    {
        try
        {
            var written = Sample.ToString(format, CultureInfo.InvariantCulture);
            if (format.Length > 1 && DateTime.TryParseExact(written, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) && read == Sample)
            {
                return null;
            }
        }
        catch (FormatException)
        {
            // Said below.
        }

        return $"has '{format}', which is no form of dates with year, month and day such as M/d/yyyy or yyyyMMdd";
    }

    /// <summary>Replaces the text by the ISO date, or returns the reason why it is none. One that is ISO already stays.</summary>
    public string? Apply(ref string text)
    {
        if (text is [_, _, _, _, '-', _, _, '-', _, _])
        {
            // Whether there is such a day is the column's to say.
            return null;
        }

        if (DateTime.TryParseExact(text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            text = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return null;
        }

        return $"must be a date in one of the forms {string.Join(", ", _formats.Prepend("yyyy-MM-dd"))}, not '{TextForm.Excerpt(text)}'";
    }
}
