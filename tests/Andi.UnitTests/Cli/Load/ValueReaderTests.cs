using System.Text;
using Andi.Cli.Load.Columns;

namespace Andi.UnitTests.Cli.Load;

/// <summary>
/// A field becomes exactly the value of its column's type, or is refused with a reason. Bytes are those of ClickHouse's RowBinary, little-endian.
/// </summary>
public sealed class ValueReaderTests
{
    [Theory]
    [InlineData("String", "Té", "03 54 C3 A9")]
    [InlineData("LowCardinality(String)", "a b", "03 61 20 62")]
    [InlineData("Nullable(String)", "", "01")]
    [InlineData("LowCardinality(Nullable(String))", "a", "00 01 61")]
    [InlineData("Int8", "-128", "80")]
    [InlineData("UInt16", "65535", "FF FF")]
    [InlineData("Int32", "-2", "FE FF FF FF")]
    [InlineData("UInt64", "18446744073709551615", "FF FF FF FF FF FF FF FF")]
    [InlineData("Nullable(Int16)", "258", "00 02 01")]
    [InlineData("Decimal(5, 2)", "-12.5", "1E FB FF FF")]
    [InlineData("Decimal(5, 2)", "12.500", "E2 04 00 00")]
    [InlineData("Decimal(18, 4)", "1", "10 27 00 00 00 00 00 00")]
    [InlineData("Decimal(38, 0)", "256", "00 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00")]
    [InlineData("Float64", "-1.5e3", "00 00 00 00 00 70 97 C0")]
    [InlineData("Bool", "True", "01")]
    [InlineData("Bool", "false", "00")]
    [InlineData("Date", "1970-01-02", "01 00")]
    [InlineData("Date", "2149-06-06", "FF FF")]
    [InlineData("Date32", "1969-12-31", "FF FF FF FF")]
    [InlineData("DateTime64(3, 'UTC')", "1970-01-01T01:00:00.250+01:00", "FA 00 00 00 00 00 00 00")]
    [InlineData("DateTime64(6)", "1969-12-31T23:59:59.999999Z", "FF FF FF FF FF FF FF FF")]
    [InlineData("DateTime64(0, 'UTC')", "1970-01-01T00:00:01.000Z", "01 00 00 00 00 00 00 00")]
    [InlineData("Enum8('a, (b' = -2, 'it\\'s' = 3)", "it's", "03")]
    [InlineData("Enum8('a, (b' = -2, 'it\\'s' = 3)", "a, (b", "FE")]
    [InlineData("Enum16('x' = 300)", "x", "2C 01")]
    [InlineData("UUID", "00112233-4455-6677-8899-aabbccddeeff", "77 66 55 44 33 22 11 00 FF EE DD CC BB AA 99 88")]
    public void Value_is_read_exactly(string type, string text, string bytes)
    {
        var (read, reason) = Read(type, text);
        reason.ShouldBeNull();
        Convert.ToHexString(read).ShouldBe(bytes.Replace(" ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("String", "", "is empty")]
    [InlineData("LowCardinality(String)", "", "is empty")]
    [InlineData("String", " T1", "begins or ends with a blank: ' T1'")]
    [InlineData("String", "T1\t", "begins or ends with a blank")]
    [InlineData("Int8", "128", "must be from -128 to 127, not '128'")]
    [InlineData("UInt8", "-1", "must be from 0 to 255")]
    [InlineData("UInt8", "", "must be a whole number, not ''")]
    [InlineData("Int32", "+1", "must be a whole number")]
    [InlineData("Int32", "1.0", "must be a whole number")]
    [InlineData("Int32", "1 000", "must be a whole number")]
    [InlineData("Int32", "-", "must be a whole number")]
    [InlineData("Decimal(5, 2)", "12.345", "has more than 2 decimal places: '12.345'")]
    [InlineData("Decimal(5, 2)", "1000", "has more than 3 digits before the point: '1000'")]
    [InlineData("Decimal(5, 2)", "-1000.00", "has more than 3 digits before the point")]
    [InlineData("Decimal(5, 2)", "1,5", "must be a decimal number such as 12.5, not '1,5'")]
    [InlineData("Decimal(5, 2)", "1e2", "must be a decimal number")]
    [InlineData("Decimal(5, 2)", ".5", "must be a decimal number")]
    [InlineData("Decimal(5, 2)", "5.", "must be a decimal number")]
    [InlineData("Float64", "NaN", "must be a number")]
    [InlineData("Float64", "1e999", "must be a number")]
    [InlineData("Bool", "1", "must be true or false, not '1'")]
    [InlineData("Date", "2026-02-29", "must be a day such as 2026-05-01, not '2026-02-29'")]
    [InlineData("Date", "01.05.2026", "must be a day")]
    [InlineData("Date", "1969-12-31", "must be from 1970-01-01 to 2149-06-06, not 1969-12-31")]
    [InlineData("Date", "2149-06-07", "must be from 1970-01-01")]
    [InlineData("Date32", "2300-01-01", "must be from 1900-01-01 to 2299-12-31")]
    [InlineData("Nullable(Date)", "soon", "must be a day")]
    [InlineData("DateTime64(3, 'UTC')", "2026-05-01 09:30:00", "must be an instant with its offset from UTC")]
    [InlineData("DateTime64(3, 'UTC')", "2026-05-01T09:30:00.0001Z", "has more than 3 decimal places of a second")]
    [InlineData("DateTime64(6, 'UTC')", "2026-05-01T09:30:00.0000001Z", "has more than 6 decimal places of a second")]
    [InlineData("DateTime64(3, 'UTC')", "2300-01-01T00:00:00Z", "must be of the years from 1900 to 2299")]
    [InlineData("Enum8('granted' = 1, 'withdrawn' = 2)", "Granted", "must be one of granted, withdrawn, not 'Granted'")]
    [InlineData("UUID", "x", "must be a UUID")]
    public void What_would_have_to_be_rounded_cut_or_guessed_is_refused(string type, string text, string reason) => Read(type, text).Reason.ShouldNotBeNull()
        .ShouldStartWith(reason);

    [Fact]
    public void Type_that_cannot_be_read_is_named() => Should.Throw<NotSupportedException>(() => ValueReaders.For("Array(String)"))
        .Message.ShouldContain("Array(String)");

    [Fact]
    public void Long_text_has_its_length_before_it()
    {
        var text = new string('x', 300);
        Read("String", text).Bytes.ShouldBe([0xAC, 0x02, .. Encoding.UTF8.GetBytes(text)]);
    }

    private static (byte[] Bytes, string? Reason) Read(string type, string text)
    {
        var row = new RowBytes();
        var reason = ValueReaders.For(type).Read(Encoding.UTF8.GetBytes(text), row);
        return (row.Written.ToArray(), reason);
    }
}
