using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Oltp.Imports;
using Andi.Oltp.Validation;
using Andi.Problems;

namespace Andi.UnitTests.Oltp;

/// <summary>What JSON bodies take for whole numbers, dates and instants, and what they say of the rest: the same as imports.</summary>
public sealed class JsonValueTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new WholeNumberConverter(), new DateConverter() } };

    [Theory]
    [InlineData("3", 3)]
    [InlineData("3.0", 3)]
    [InlineData("3.000", 3)]
    [InlineData("-2147483648.0", int.MinValue)]
    [InlineData("null", null)]
    public void Whole_numbers_may_have_zeros_behind_the_point(string json, int? expected) => Read($$"""{"count":{{json}}}""").Count.ShouldBe(expected);

    [Theory]
    [InlineData("3.5")]
    [InlineData("0.01")]
    public void Number_that_is_not_whole_is_refused_as_in_a_file(string number)
    {
        var reason = CsvNumber.Read(Encoding.UTF8.GetBytes(number), new NumberRule(1, 4, 0), out _);
        reason.ShouldBe($"must be a whole number, not {number}");
        Wrong($$"""{"count":{{number}}}""").ShouldBe(("$.count", reason));
    }

    [Theory]
    [InlineData("2147483648", "must be a whole number from -2147483648 to 2147483647, not 2147483648")]
    [InlineData("1e400", "must be a whole number from -2147483648 to 2147483647, not 1e400")]
    [InlineData("\"3\"", "must be a whole number")]
    [InlineData("true", "must be a whole number")]
    public void What_is_no_whole_number_is_refused(string json, string reason) => Wrong($$"""{"count":{{json}}}""").ShouldBe(("$.count", reason));

    [Theory]
    [InlineData("\"2026-02-30\"", "must be a date such as 2026-05-01, not '2026-02-30'")]
    [InlineData("\"2026-05-01T00:00:00Z\"", "must be a date such as 2026-05-01, not '2026-05-01T00:00:00Z'")]
    [InlineData("20260501", "must be a date such as 2026-05-01")]
    public void What_is_no_date_is_refused(string json, string reason) => Wrong($$"""{"day":{{json}}}""").ShouldBe(("$.day", reason));

    [Theory]
    [InlineData("\"2026-05-01T09:30:00\"", "must be an instant with its offset from UTC, such as 2026-05-01T09:30:00Z, not '2026-05-01T09:30:00'")]
    [InlineData("5", "must be an instant with its offset from UTC, such as 2026-05-01T09:30:00Z")]
    public void What_is_no_instant_is_refused(string json, string reason) => Wrong($$"""{"at":{{json}}}""").ShouldBe(("$.at", reason));

    [Fact]
    public void They_are_written_as_they_were()
    {
        const string json = """{"count":3,"day":"2026-05-01","at":"2026-05-01T09:30:00Z"}""";
        JsonSerializer.Serialize(Read(json), Json).ShouldBe(json);
    }

    private static Body Read(string json) => JsonSerializer.Deserialize<Body>(json, Json)!;

    private static (string? Path, string Reason) Wrong(string json)
    {
        var wrong = Should.Throw<WrongValueException>(() => Read(json));
        return (wrong.Path, wrong.Reason);
    }

    private sealed record Body(int? Count, DateOnly? Day, [property: JsonConverter(typeof(UtcInstantConverter))] DateTime? At);
}
