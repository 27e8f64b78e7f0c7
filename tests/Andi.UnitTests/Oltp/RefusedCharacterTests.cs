using System.Globalization;
using System.Text;
using Andi.Oltp.Validation;
using Andi.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Andi.UnitTests.Oltp;

/// <summary>What nobody sees is in no id and no name, and what names are written with is allowed.</summary>
public sealed class RefusedCharacterTests
{
    [Theory]
    [InlineData("a\u0007b", "holds U+0007, a control character")]
    [InlineData("a\u0085b", "holds U+0085, a control character")]
    [InlineData("a\u00ADb", "holds U+00AD, a format character")]
    [InlineData("a\u202Eb", "holds U+202E, a format character")]
    [InlineData("a\uFEFFb", "holds U+FEFF, a format character")]
    [InlineData("a\U000E0041b", "holds U+E0041, a format character")]
    [InlineData("a\u2028b", "holds U+2028, a line separator")]
    [InlineData("a\uE000b", "holds U+E000, a character of private use")]
    [InlineData("a\uFDD0b", "holds U+FDD0, no character of Unicode")]
    [InlineData("a\u3164b", "holds U+3164, an invisible character")]
    [InlineData("a\u034Fb", "holds U+034F, an invisible character")]
    [InlineData("a\uFE0Fb\uFE0F\uFE0F", "holds U+FE0F, an invisible character")]
    public void Message_names_the_character_and_its_kind(string name, string reason) => Check(TextRules.Text(200), name).ShouldBe(reason);

    /// <summary>The marks, overrides and isolates of direction, and what has no width.</summary>
    [Fact]
    public void Neither_ids_nor_names_nor_emails_turn_the_direction_or_hide_anything()
    {
        int[] hidden = [0x061C, .. Enumerable.Range(0x200B, 5), .. Enumerable.Range(0x202A, 5), .. Enumerable.Range(0x2060, 16), 0xFFF9, 0xE0001];
        foreach (var character in hidden)
        {
            var text = $"Ro{char.ConvertFromUtf32(character)}se";
            Check(TextRules.Text(200), text).ShouldNotBeNull().ShouldContain(character.ToString("X4", CultureInfo.InvariantCulture));
            Check(TextRules.Id, text).ShouldNotBeNull();
            Check(TextRules.Email, text + "@example.org").ShouldNotBeNull();
        }
    }

    [Theory]
    [InlineData("بی\u200Cنام", "between letters that join")]
    [InlineData("\u0915\u094D\u200D\u0937", "behind a virama")]
    [InlineData("\u0D28\u0D4D\u200D", "behind a virama, at the end of a name")]
    [InlineData("\u0DC1\u0DCA\u200D\u0DBB\u0DD3", "Sri")]
    [InlineData("👩\u200D🏫", "a picture of several")]
    [InlineData("❤\uFE0F", "a picture in colour")]
    [InlineData("辻\U000E0101", "a shape of an ideograph")]
    [InlineData("محمد", "from right to left")]
    [InlineData("שָׁלוֹם", "with points")]
    [InlineData("Nguyễn Thị O’Brien-D'Árcy", "accents, apostrophes, hyphens")]
    [InlineData("G̱x̱ī", "marks that compose with nothing")]
    public void Names_hold_what_their_script_needs(string name, string why) =>
        Check(TextRules.Text(200), TextRules.Text(200).Normalize(name)!).ShouldBeNull(why);

    [Theory]
    [InlineData("بی\u200Cنام")]
    [InlineData("辻\U000E0101")]
    public void Ids_do_not(string id) => Check(TextRules.Id, id).ShouldNotBeNull();

    [Theory]
    [InlineData("a\u200Db")]
    [InlineData("a\u200Cb")]
    [InlineData("\u200Dنام")]
    [InlineData("نام\u200C")]
    [InlineData("ن\u200Dا")]
    public void Joiner_where_it_joins_nothing_is_refused(string name) => Check(TextRules.Text(200), name).ShouldNotBeNull().ShouldContain("a format character");

    [Fact]
    public void Table_of_viramas_is_sorted_as_its_search_needs()
    {
        // The first, some in the middle, the last.
        foreach (var virama in (int[])[0x094D, 0x0BCD, 0x0DCA, 0x1039, 0x17D2, 0xABED])
        {
            Check(TextRules.Text(200), $"x{char.ConvertFromUtf32(virama)}\u200Dx").ShouldBeNull(virama.ToString("X4", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The same id in two forms of Unicode is one, in a path and in a query, too.</summary>
    [Fact]
    public async Task Requests_are_composed_before_anything_looks_at_them()
    {
        var context = new DefaultHttpContext();
        context.Request.Path = "/v1/teachers/Jose\u0301";
        context.Request.QueryString = new QueryString("?schoolId=" + Uri.EscapeDataString("E\u0301cole") + "&limit=5");
        var app = new ApplicationBuilder(NoServices.Instance);
        app.UseComposedText();

        await app.Build()(context);

        context.Request.Path.Value.ShouldBe("/v1/teachers/Jos\u00E9");
        context.Request.Query["schoolId"].ToString().ShouldBe("\u00C9cole");
        context.Request.Query["limit"].ToString().ShouldBe("5");
    }

    private static string? Check(TextRule rule, string text) => rule.Check(Encoding.UTF8.GetBytes(text));

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
