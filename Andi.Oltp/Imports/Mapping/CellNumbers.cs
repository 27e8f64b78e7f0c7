using System.Globalization;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Imports.Mapping;

/// <summary>Brings numbers to the form with a point, and rounds them where that was asked for.</summary>
/// <param name="decimalComma">Decimals come behind a comma.</param>
/// <param name="places">How many decimal places are kept; null: all, and too many are an error of the column.</param>
internal sealed class CellNumbers(bool decimalComma, int? places)
{
    /// <summary>Replaces the text, or returns the reason why it is no number. What is no number either way is the column's to tell.</summary>
    public string? Apply(ref string text)
    {
        if (decimalComma)
        {
            if (text.Contains('.', StringComparison.Ordinal))
            {
                // 1.234 would be read as a thousandth of what it means.
                return $"must have a comma before its decimals and no point, not '{TextForm.Excerpt(text)}'";
            }

            text = text.Replace(',', '.');
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (places is { } kept && point >= 0 && text.Length - point - 1 > kept
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            text = decimal.Round(number, kept, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture);
        }

        return null;
    }
}
