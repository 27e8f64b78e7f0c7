using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Andi.ChangeEvents;

namespace Andi.UnitTests.Contracts;

public sealed class JsonBytesTests
{
    [Fact]
    public void Every_character_is_written_as_the_platform_writes_it()
    {
        var json = new JsonBytes();
        foreach (var character in Enumerable.Range(0, 0x11000).Where(Rune.IsValid).Select(value => new Rune(value)))
        {
            var text = $"a{character}b";
            json.Clear();
            json.AppendString(text);

            var written = json.ToArray();
            Encoding.UTF8.GetString(written).ShouldBe(ByThePlatform(text), $"U+{character.Value:X4}");
            JsonDocument.Parse(written).RootElement.GetString().ShouldBe(text);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("\u0000\u0000\u0000\u0000")]
    [InlineData("\\\"")]
    [InlineData("😀😀 end")]
    public void String_of_any_length_fits(string text)
    {
        var json = new JsonBytes();
        foreach (var times in new[] { 1, 3_000, 100_000 })
        {
            var repeated = string.Concat(Enumerable.Repeat(text, times));
            json.Clear();
            json.AppendString(repeated);
            JsonDocument.Parse(json.ToArray()).RootElement.GetString().ShouldBe(repeated);
        }
    }

    [Fact]
    public void Numbers_are_whole_to_their_ends()
    {
        var json = new JsonBytes();
        foreach (var number in new[] { long.MinValue, -1, 0, long.MaxValue })
        {
            json.Append((byte)' ');
            json.AppendNumber(number);
        }

        json.Append(" "u8);
        json.AppendNumber(ulong.MaxValue);
        Encoding.UTF8.GetString(json.ToArray()).ShouldBe(" -9223372036854775808 -1 0 9223372036854775807 18446744073709551615");
    }

    private static string ByThePlatform(string text)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStringValue(text);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
