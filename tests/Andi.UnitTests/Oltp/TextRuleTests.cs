using System.Text;
using Andi.Oltp.Areas.Schools;
using Andi.Oltp.Validation;

namespace Andi.UnitTests.Oltp;

public sealed class TextRuleTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("T-1_2.3:4@x~")]
    [InlineData("école")]
    [InlineData("学校")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void Ids_that_are_allowed(string id) => Check(TextRules.Id, id).ShouldBeNull();

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a b", "white space")]
    [InlineData("a\tb", "white space")]
    [InlineData("a\u00A0b", "white space")]
    [InlineData("a\u2028b", "white space")]
    [InlineData("a\u0001", "control")]
    [InlineData("a\u007F", "control")]
    [InlineData("a\u0085", "control")]
    [InlineData("a/b", "/")]
    [InlineData("a\\b", "/")]
    [InlineData("a?b", "/")]
    [InlineData("a#b", "/")]
    [InlineData("a%b", "/")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234", "64")]
    public void Ids_that_are_not(string id, string reason) => Check(TextRules.Id, id).ShouldNotBeNull().ShouldContain(reason);

    [Fact]
    public void Length_is_counted_in_characters_not_bytes()
    {
        Check(TextRules.Id, new string('é', 64)).ShouldBeNull();
        Check(TextRules.Id, new string('é', 65)).ShouldNotBeNull();
        Check(TextRules.Text(2), "𝄞𝄞").ShouldBeNull();
        Check(TextRules.Text(2), "𝄞𝄞𝄞").ShouldNotBeNull();
    }

    /// <summary>The same name from two systems was two names that looked alike.</summary>
    [Theory]
    [InlineData("Jose\u0301", "Jos\u00E9")]
    [InlineData("Nguye\u0302\u0303n", "Nguy\u1EC5n")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("Zo\u00EB", "Zo\u00EB")]
    public void Names_are_kept_composed(string given, string kept)
    {
        TextRules.Text(200).Normalize(given).ShouldBe(kept);
        Encoding.UTF8.GetString(TextRules.Text(200).Normalize(Encoding.UTF8.GetBytes(given))).ShouldBe(kept);
        TextRules.Id.Normalize(given).ShouldBe(kept);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\r\n\t")]
    [InlineData("\u00A0\u2003")]
    [InlineData("a\0")]
    [InlineData("two\nlines")]
    [InlineData("zero\u200Bwidth")]
    [InlineData("\uFEFFmark")]
    [InlineData("right\u202Eleft")]
    public void Text_is_neither_blank_nor_holds_what_nobody_sees(string text) => Check(TextRules.Text(200), text).ShouldNotBeNull();

    [Theory]
    [InlineData("O'Brien, \"Bob\"")]
    [InlineData("بی\u200Cنام")]
    [InlineData(" é")]
    public void Text_may_be_anything_else(string text) => Check(TextRules.Text(200), text).ShouldBeNull();

    /// <summary>Kind: one thing under several names, which differ in what nobody sees.</summary>
    [Theory]
    [InlineData("  Ms. Rivera ", "Ms. Rivera")]
    [InlineData("\u00A0Jos\u00E9\u2003", "Jos\u00E9")]
    [InlineData("Lincoln \r\n Elementary", "Lincoln Elementary")]
    [InlineData("\tTab\r\n", "Tab")]
    [InlineData("", "")]
    public void Text_is_kept_trimmed_and_on_one_line(string text, string kept)
    {
        TextRules.Text(200).Normalize(text).ShouldBe(kept);
        Encoding.UTF8.GetString(TextRules.Text(200).Normalize(Encoding.UTF8.GetBytes(text))).ShouldBe(kept);
    }

    [Theory]
    [InlineData("05", "5")]
    [InlineData(" 5 ", "5")]
    [InlineData("12", "12")]
    [InlineData("KG", "K")]
    [InlineData("k", "K")]
    [InlineData("Pre-K", "PK")]
    [InlineData("pk", "PK")]
    public void Grades_are_kept_in_one_form(string text, string kept)
    {
        SchoolRules.Grade.Normalize(text).ShouldBe(kept);
        Check(SchoolRules.Grade, Encoding.UTF8.GetString(SchoolRules.Grade.Normalize(Encoding.UTF8.GetBytes(text)))).ShouldBeNull();
    }

    [Theory]
    [InlineData("13")]
    [InlineData("00")]
    [InlineData("5th")]
    [InlineData("")]
    public void Unknown_grade_is_not_allowed(string text) => Check(SchoolRules.Grade, SchoolRules.Grade.Normalize(text)!).ShouldNotBeNull();

    [Theory]
    [InlineData("2025", "2025-2026")]
    [InlineData("2025-2026", "2025-2026")]
    [InlineData(" 2025-26 ", "2025-2026")]
    [InlineData("2025/2026", "2025-2026")]
    [InlineData("1999-00", "1999-2000")]
    public void School_years_are_kept_in_one_form(string text, string kept)
    {
        SchoolRules.SchoolYear.Normalize(text).ShouldBe(kept);
        Check(SchoolRules.SchoolYear, kept).ShouldBeNull();
    }

    [Theory]
    [InlineData("2025-2027")]
    [InlineData("2026-2025")]
    [InlineData("2025-27")]
    [InlineData("26")]
    [InlineData("")]
    [InlineData("2O26")]
    [InlineData("٢٠٢٦")]
    public void What_is_no_school_year_is_not_allowed(string text) => Check(SchoolRules.SchoolYear, SchoolRules.SchoolYear.Normalize(text)!).ShouldNotBeNull();

    [Theory]
    [InlineData("a@b", true)]
    [InlineData("a.b+c@d.example", true)]
    [InlineData("a", false)]
    [InlineData("@b", false)]
    [InlineData("a@", false)]
    [InlineData("a@b@c", false)]
    [InlineData("a b@c", false)]
    public void Emails(string text, bool isAllowed) => (Check(TextRules.Email, text) is null).ShouldBe(isAllowed);

    private static string? Check(TextRule rule, string text) => rule.Check(Encoding.UTF8.GetBytes(text));
}
