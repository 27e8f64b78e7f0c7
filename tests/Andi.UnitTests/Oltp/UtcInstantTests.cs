using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Oltp.Validation;
using FsCheck;
using FsCheck.Fluent;

namespace Andi.UnitTests.Oltp;

public sealed class UtcInstantTests
{
    [Theory]
    [InlineData("2026-05-01T09:30:00Z", "2026-05-01T09:30:00.000000")]
    [InlineData("2026-05-01T09:30:00+00:00", "2026-05-01T09:30:00.000000")]
    [InlineData("2026-05-01T01:30:00.25+02:00", "2026-04-30T23:30:00.250000")]
    [InlineData("2026-12-31T23:30:00.5-05:30", "2027-01-01T05:00:00.500000")]
    [InlineData("2026-05-01T09:30:00.123456Z", "2026-05-01T09:30:00.123456")]
    [InlineData("2026-05-01T09:30:00.1234569Z", "2026-05-01T09:30:00.123456")]
    [InlineData("2026-05-01T09:30:00.123456999Z", "2026-05-01T09:30:00.123456")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000000")]
    public void Instants(string text, string utc)
    {
        UtcInstant.TryRead(Encoding.UTF8.GetBytes(text), out var instant).ShouldBeTrue();
        instant.Kind.ShouldBe(DateTimeKind.Utc);
        instant.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture).ShouldBe(utc);
        (instant.Ticks % TimeSpan.TicksPerMicrosecond).ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Z")]
    [InlineData("2026-05-01")]
    [InlineData("2026-05-01T09:30:00")]
    [InlineData("2026-05-01T09:30Z")]
    [InlineData("2026-05-01 09:30:00Z")]
    [InlineData("2026-05-01T09:30:00z")]
    [InlineData("2026-05-01T09:30:00 Z")]
    [InlineData("2026-05-01T09:30:00ZZ")]
    [InlineData("2026-05-01T09:30:00.Z")]
    [InlineData("2026-05-01T09:30:00.1")]
    [InlineData("2026-05-01T09:30:00.1234567890Z")]
    [InlineData("2026-05-01T09:30:00,5Z")]
    [InlineData("2026-05-01T09:30:00+2:00")]
    [InlineData("2026-05-01T09:30:00+0200")]
    [InlineData("2026-05-01T09:30:00+15:00")]
    [InlineData("2026-05-01T09:30:00+02:60")]
    [InlineData("2026-05-01T09:30:00+-2:00")]
    [InlineData("2026-05-01T24:00:00Z")]
    [InlineData("2026-05-01T09:60:00Z")]
    [InlineData("2026-05-01T09:30:60Z")]
    [InlineData("2025-02-29T09:30:00Z")]
    [InlineData("2026-13-01T09:30:00Z")]
    [InlineData("0000-01-01T09:30:00Z")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    [InlineData("2026-0a-01T09:30:00Z")]
    [InlineData("２026-05-01T09:30:00Z")]
    public void What_is_none(string text) => UtcInstant.TryRead(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    [Fact]
    public void They_mean_what_the_framework_says() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Two().Select(pair => ((long)pair.Item1 << 26) + pair.Item2).ToArbitrary(),
        Gen.Choose(-14 * 60, 14 * 60).ToArbitrary(),
        (microseconds, offset) =>
        {
            var expected = new DateTimeOffset(DateTime.UnixEpoch.AddTicks(microseconds * 10)).ToOffset(TimeSpan.FromMinutes(offset));
            var text = expected.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
            return UtcInstant.TryRead(Encoding.UTF8.GetBytes(text), out var instant) && instant == expected.UtcDateTime;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("null", null)]
    [InlineData("\"2026-05-01T11:30:00.25+02:00\"", "\"2026-05-01T09:30:00.25Z\"")]
    public void In_JSON_they_come_back_in_UTC(string json, string? written) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize<Holder>($$"""{"At":{{json}}}""")).ShouldBe($$"""{"At":{{written ?? "null"}}}""");

    [Theory]
    [InlineData("\"2026-05-01T09:30:00\"")]
    [InlineData("1777627800")]
    [InlineData("{}")]
    public void What_is_none_is_refused_in_JSON_by_its_path(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Holder>($$"""{"At":{{json}}}""")).Path.ShouldBe("$.At");

    private sealed record Holder([property: JsonConverter(typeof(UtcInstantConverter))] DateTime? At);
}
