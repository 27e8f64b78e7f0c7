using System.Globalization;

namespace Andi.Cli.Load.Columns;

/// <summary>Finds the reader for a ClickHouse type.</summary>
internal static class ValueReaders
{
    /// <exception cref="NotSupportedException">There is none.</exception>
    public static ValueReader For(string type)
    {
        var (name, arguments) = ColumnType.Split(type);
        return name switch
        {
            "String" => new TextReader(),
            // In a row its values are those of the type inside.
            "LowCardinality" => For(arguments[0]),
            "Nullable" => new NullableReader(For(arguments[0])),
            "Bool" => new BoolReader(),
            "UUID" => new UuidReader(),
            "Int8" => new IntegerReader<sbyte>(),
            "Int16" => new IntegerReader<short>(),
            "Int32" => new IntegerReader<int>(),
            "Int64" => new IntegerReader<long>(),
            "UInt8" => new IntegerReader<byte>(),
            "UInt16" => new IntegerReader<ushort>(),
            "UInt32" => new IntegerReader<uint>(),
            "UInt64" => new IntegerReader<ulong>(),
            "Float64" => new DoubleReader(),
            "Date" => new DateReader(new DateOnly(1970, 1, 1), new DateOnly(2149, 6, 6), isWide: false),
            "Date32" => new DateReader(new DateOnly(1900, 1, 1), new DateOnly(2299, 12, 31), isWide: true),
            "DateTime64" when Number(arguments[0]) is <= 6 and var places => new InstantReader(places),
            "Decimal" when Number(arguments[0]) is <= 38 and var precision => new DecimalReader(precision, Number(arguments[1])),
            "Enum8" => new EnumReader(arguments, isWide: false),
            "Enum16" => new EnumReader(arguments, isWide: true),
            _ => throw new NotSupportedException($"no file can be read into the type {type} yet"),
        };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
