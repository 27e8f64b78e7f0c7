using System.Text;
using Andi.AnalyticsApi.Areas.Assessments;
using Andi.AnalyticsApi.Requests;

namespace Andi.UnitTests.AnalyticsApi;

public sealed class ComparisonOrderTests
{
    private static readonly string[] Names = ["", "A", "a", "ab", "ä", "\uFB01x", "\U0001F600", "\U0001F600a", "日本"];

    [Fact]
    public void Text_is_in_the_order_of_its_bytes_in_UTF8() =>
        Sorted("name", Names.Select(name => Row(name, "D"))).Select(row => row.Name)
            .ShouldBe(Names.OrderBy(name => Convert.ToHexString(Encoding.UTF8.GetBytes(name)), StringComparer.Ordinal));

    [Fact]
    public void Equal_ones_are_by_id_whichever_way_the_field_goes()
    {
        Compared[] rows = [Row("N", "D2"), Row("N", "D1"), Row("O", "D3")];
        Sorted("name", rows).Select(row => row.Id).ShouldBe(["D1", "D2", "D3"]);
        Sorted("-name", rows).Select(row => row.Id).ShouldBe(["D3", "D1", "D2"]);
    }

    [Fact]
    public void District_without_a_name_stands_first() => Sorted("name", [Row("A", "D1"), Row(null, "D2")]).Select(row => row.Id).ShouldBe(["D2", "D1"]);

    private static IReadOnlyList<Compared> Sorted(string sort, IEnumerable<Compared> rows) =>
        new ComparisonSort { Sort = sort }.Page(new RowsOfYear<Compared>(null, [.. rows]), new PageRequest { Limit = "1000" }).Items;

    private static Compared Row(string? name, string id) => new(id, name, "2025-2026", "X", "math", 1, 50, 50);
}
