using System.Globalization;

namespace Andi.Ingestor.Landing.Native;

/// <summary>Finds the encoder for a ClickHouse type.</summary>
internal static class ColumnEncoders
{
    /// <exception cref="NotSupportedException">No encoder knows the type; the message names it.</exception>
    public static ColumnEncoder For(string type)
    {
        var (name, arguments) = Split(type);
        return name switch
        {
            "String" => new StringEncoder(),
            "LowCardinality" => For(arguments[0]),
            "Nullable" => new NullableEncoder(For(arguments[0])),
            "Map" when For(arguments[0]) is StringEncoder => new MapEncoder(For(arguments[1])),
            "Bool" => new BooleanEncoder(),
            "Int8" => new IntegerEncoder<sbyte>(type),
            "Int16" => new IntegerEncoder<short>(type),
            "Int32" => new IntegerEncoder<int>(type),
            "Int64" => new IntegerEncoder<long>(type),
            "Int128" => new IntegerEncoder<Int128>(type),
            "UInt8" => new IntegerEncoder<byte>(type),
            "UInt16" => new IntegerEncoder<ushort>(type),
            "UInt32" => new IntegerEncoder<uint>(type),
            "UInt64" => new IntegerEncoder<ulong>(type),
            "UInt128" => new IntegerEncoder<UInt128>(type),
            "Float64" => new DoubleEncoder(),
            "Date" => new DateEncoder(isWide: false),
            "Date32" => new DateEncoder(isWide: true),
            "DateTime64" when int.Parse(arguments[0], CultureInfo.InvariantCulture) is <= 7 and var scale => new TimestampEncoder(type, scale),
            "Decimal" => ForDecimal(type, int.Parse(arguments[0], CultureInfo.InvariantCulture), int.Parse(arguments[1], CultureInfo.InvariantCulture)),
            _ => throw new NotSupportedException($"Landing tables cannot have columns of type {type} yet."),
        };
    }

    // The widths that ClickHouse gives to precisions: https://clickhouse.com/docs/sql-reference/data-types/decimal
    private static ColumnEncoder ForDecimal(string type, int precision, int scale) => precision switch
    {
        <= 9 => new DecimalEncoder<int>(type, precision, scale),
        <= 18 => new DecimalEncoder<long>(type, precision, scale),
        <= 38 => new DecimalEncoder<Int128>(type, precision, scale),
        _ => throw new NotSupportedException($"Landing tables cannot have columns of type {type}; at most 38 digits."),
    };

    /// <summary><c>Map(LowCardinality(String), Decimal(5, 2))</c> → <c>Map</c> and its two arguments.</summary>
    private static (string Name, List<string> Arguments) Split(string type)
    {
        var open = type.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return (type, []);
        }

        var arguments = new List<string>();
        var depth = 0;
        var start = open + 1;
        for (var i = start; i < type.Length - 1; i++)
        {
            depth += type[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (type[i] == ',' && depth == 0)
            {
                arguments.Add(type[start..i].Trim());
                start = i + 1;
            }
        }

        arguments.Add(type[start..^1].Trim());
        return (type[..open], arguments);
    }
}
