namespace Andi.Oltp.Imports.Mapping;

/// <summary>What a field holds, as far as a mapping can bring texts to its form.</summary>
/// <param name="Form">Which of the forms it has.</param>
/// <param name="DecimalPlaces">Of a number: as many as it may have.</param>
public readonly record struct FieldKind(FieldForm Form, int DecimalPlaces = 0)
{
    public static readonly FieldKind Text = new(FieldForm.Text);

    public static readonly FieldKind Date = new(FieldForm.Date);

    public static FieldKind Number(int decimalPlaces) => new(FieldForm.Number, decimalPlaces);
}

/// <summary>The forms of a field's text.</summary>
public enum FieldForm
{
    /// <summary>Any other.</summary>
    Text,

    /// <summary>Digits, with a point before decimals.</summary>
    Number,

    /// <summary>An ISO 8601 date.</summary>
    Date,
}
