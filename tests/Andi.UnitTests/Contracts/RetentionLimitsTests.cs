using Andi.Topology;
using Andi.Warehouse;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Andi.UnitTests.Contracts;

public sealed class RetentionLimitsTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("49", 49)]
    public void Years_that_may_count(string text, int years)
    {
        RetentionLimits.TryParse(text, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(years);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("50")]
    [InlineData("-5")]
    [InlineData("5.5")]
    [InlineData("five")]
    public void Other_years_are_refused_with_the_name_of_their_option(string text)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:warehouse"] = "Host=127.0.0.1;Port=1",
            ["Warehouse:RetentionYears"] = text,
        }).Build();
        var refused = Should.Throw<InvalidOperationException>(() => new ServiceCollection().AddWarehouse(configuration));
        refused.Message.ShouldBe($"'{text}' is not a number of years from 1 to 49 (Warehouse__RetentionYears).");
    }

    // ClickHouse's dates end on 2149-06-06; what is added beyond begins again in 1970, and the row would be dropped at once.
    [Fact]
    public void Last_row_there_can_be_is_droppable_by_a_date_that_exists()
    {
        var last = new DateOnly(2099, 12, 31);
        var end = new DateOnly(2149, 6, 6);
        new DateOnly(last.Year, last.Month, 1).AddMonths((12 * RetentionLimits.MostYears) + 2).ShouldBeLessThanOrEqualTo(end);
        last.AddMonths((12 * RetentionLimits.MostYears) + 1).ShouldBeLessThanOrEqualTo(end);
        last.AddMonths(12 * (RetentionLimits.MostYears + 1)).ShouldBeGreaterThan(end);
    }
}
