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

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\r\n\t")]
    [InlineData("\u00A0\u2003")]
    [InlineData("a\0")]
    public void Text_is_neither_blank_nor_holds_what_PostgreSQL_cannot(string text) => Check(TextRules.Text(200), text).ShouldNotBeNull();

    [Theory]
    [InlineData("O'Brien, \"Bob\"")]
    [InlineData("two\nlines")]
    [InlineData(" é")]
    public void Text_may_be_anything_else(string text) => Check(TextRules.Text(200), text).ShouldBeNull();

    [Theory]
    [InlineData("2026", true)]
    [InlineData("2025-2026", true)]
    [InlineData("1999-2000", true)]
    [InlineData("2025-2027", false)]
    [InlineData("2026-2025", false)]
    [InlineData("2025/2026", false)]
    [InlineData("26", false)]
    [InlineData("", false)]
    [InlineData("2O26", false)]
    [InlineData("2025-26", false)]
    [InlineData("٢٠٢٦", false)]
    public void School_years(string text, bool isAllowed) => (Check(SchoolRules.SchoolYear, text) is null).ShouldBe(isAllowed);

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
