using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Problems;

namespace Andi.Oltp.Validation;

/// <summary>Reads whole numbers of JSON bodies as imports read those of files: 3.0 is 3, and 3.5 is none.</summary>
internal sealed class WholeNumberConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            throw new WrongValueException("must be a whole number");
        }

        if (reader.TryGetInt32(out var whole))
        {
            return whole;
        }

        if (reader.TryGetDecimal(out var value))
        {
            if (!decimal.IsInteger(value))
            {
                throw new WrongValueException(NumberRule.NotWhole(value));
            }

            if (value is >= int.MinValue and <= int.MaxValue)
            {
                return (int)value;
            }
        }

        var text = reader.HasValueSequence ? Encoding.UTF8.GetString(reader.ValueSequence) : Encoding.UTF8.GetString(reader.ValueSpan);
        throw new WrongValueException(string.Create(
            CultureInfo.InvariantCulture, $"must be a whole number from {int.MinValue} to {int.MaxValue}, not {TextForm.Excerpt(text)}"));
    }

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>Reads dates of JSON bodies, and says of what is none what an import says.</summary>
internal sealed class DateConverter : JsonConverter<DateOnly>
{
    private const string Form = "yyyy-MM-dd";

    public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new WrongValueException(DateRule.Expected);
        return DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new WrongValueException($"{DateRule.Expected}, not '{TextForm.Excerpt(text)}'");
    }

    public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(Form, CultureInfo.InvariantCulture));
}
